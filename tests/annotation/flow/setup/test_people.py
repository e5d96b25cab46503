"""Each has the name with which they came, whatever they are called since; nobody else gets it."""

from pathlib import Path

import pytest

from annotation.flow.release import Options, release
from annotation.flow.tables import pseudonyms
from annotation.models import Participation, Project, User
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project()


def test_a_renamed_person_keeps_the_pseudonym_and_a_newcomer_does_not_get_it(project: Project) -> None:
    ana = make_member(project, "ana")
    before = pseudonyms(project)
    ana.username = "anna"
    ana.save()
    newcomer = make_member(project, "ana")
    make_member(project, "anna", "adjudicator")  # a change of role is no new name
    assert pseudonyms(project)[ana.pk] == before[ana.pk]
    names = Participation.objects.order_by("pk").values_list("user", "name")
    assert list(names) == [(ana.pk, "ana"), (newcomer.pk, "ana 2")]
    assert len(set(pseudonyms(project).values())) == 2


def test_a_release_is_the_same_whatever_people_are_called_since(project: Project, tmp_path: Path) -> None:
    judged(project, [[1, 2, 4], [{"text": 4, "feedback": "a"}, {"text": 4, "feedback": "b"}, 4], [5, 5, 6]])
    release(project=project, out=tmp_path / "before", options=Options(check_size=0))
    for old, new in (("ana", "zoe"), ("chen", "abe")):
        User.objects.filter(username=old).update(username=new)
    release(project=project, out=tmp_path / "after", options=Options(check_size=0))
    files = [
        {path.name: path.read_bytes() for path in (tmp_path / when).iterdir() if path.is_file()} for when in ("before", "after")
    ]
    assert [name for name in files[0] if files[0][name] != files[1][name]] == []
