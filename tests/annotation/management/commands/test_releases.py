"""The commands about releases that are there: what they print, and what they refuse."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotation.flow.release import Options, compare, release
from annotation.models import Project, Release, Rules
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """With two releases: the second has a label that was disputed under the earlier rules."""
    project = make_project()
    judged(project, [[4, 4, 5], [1, 1, 6]])
    release(project=project, out=tmp_path / "one", options=Options(check_size=0))
    Rules.objects.update(pair_gap=9, group_range=9)
    release(project=Project.objects.get(), out=tmp_path / "two", options=Options(check_size=0))
    return project


def printed(name: str, *arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(name, *arguments, "--project", "study", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_compare_releases_prints_each_difference(project: Project) -> None:
    assert printed("compare_releases", "1", "2") == (
        "",
        "1 same, 0 changed, 1 new, 0 gone\n"
        "rules: group_range 3 -> 9\n"
        "rules: pair_gap 2 -> 9\n"
        "new      PBL-0002 system-a 0  disputed  the rules for disputes and labels changed\n",
    )
    documents = json.loads(printed("compare_releases", "1", "2", "--json")[0])
    assert documents == compare(*Release.objects.order_by("version"))


def test_retract_release_says_what_it_did_and_does_it_once(project: Project) -> None:
    out, err = printed("retract_release", "2", "--reason", "Wrong rules.", "--json")
    retraction = Release.objects.get(version=2).retraction
    document = {
        "project": "study",
        "release": 2,
        "retracted_at": retraction.at.isoformat(),
        "reason": "Wrong rules.",
    }
    assert (json.loads(out), err) == (document, "study: release 2 is retracted: Wrong rules.\n")
    with pytest.raises(CommandError, match=r"^Release 2 is retracted already\.$"):
        printed("retract_release", "2", "--reason", "Again.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("retract_release", "3", "--reason", "x"), "release: study has no release 3"),
        (("retract_release", "1", "--reason", " "), "reason: Say why you retract it."),
        (("compare_releases", "1", "0"), "release: study has no release 0"),
    ],
)
def test_what_is_not_there_or_has_no_reason_is_refused(project: Project, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError) as refused:
        printed(*arguments)
    assert str(refused.value) == message
