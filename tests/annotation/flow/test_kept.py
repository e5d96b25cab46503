"""What is kept is given again while nothing has happened, and made anew when something has."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from annotation.flow import curate, kept
from annotation.flow.agree import report
from annotation.flow.judgements import first_judgements
from annotation.flow.load_scores import load_scores
from annotation.models import Project, Query, Task, User
from tests.factories import judge, judged, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project()
    judged(project, [[1, 2, None], [5, 5, None]])
    return project


class Counter:
    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> int:
        self.made += 1
        return self.made


def submits(project: Project) -> None:
    judge(Task.objects.order_by("pk")[0], User.objects.get(username="chen"), text=6)


def is_renamed(project: Project) -> None:
    User.objects.filter(username="bo").update(username="someone-else")


def drops_a_query(project: Project) -> None:
    load(project, [record(9)])
    curate.drop(query=Query.objects.get(external_id="PBL-0009"), by=make_member(project, "lea", "manager"))


def loads_scores(project: Project, folder: Any) -> None:
    file = folder / "scores.csv"
    file.write_text("id,model,annotator,criterion,score\nPBL-0001,system-a,dara,text,4\nPBL-0001,system-a,dara,images,na\n")
    load_scores(path=file, project=project)


WHAT: dict[str, Callable[[Project], None]] = {
    "somebody submits": submits,
    "somebody is renamed": is_renamed,
    "more is loaded": lambda project: load(project, [record(9)]),
    "a query is dropped": drops_a_query,
}


def test_it_is_made_once_while_nothing_happens(project: Project) -> None:
    make = Counter()
    first = kept.kept(project, ("some", 1), make)
    assert (first[0], kept.kept(project, ("some", 1), make), make.made) == (1, first, 1)


def test_each_name_and_project_is_kept_by_itself(project: Project) -> None:
    make, other = Counter(), make_project(slug="other", rubrics=["small"])
    found = [kept.kept(of, name, make)[0] for of, name in ((project, ("a",)), (project, ("b",)), (other, ("a",)))]
    assert found == [1, 2, 3]


@pytest.mark.parametrize("what", WHAT)
def test_it_is_made_anew_when(project: Project, what: str) -> None:
    make = Counter()
    kept.kept(project, ("some",), make)
    WHAT[what](project)
    assert [kept.kept(project, ("some",), make)[0] for _again in range(2)] == [2, 2]


def test_it_is_made_anew_when_scores_are_loaded(project: Project, tmp_path: Any) -> None:
    before = report(project, draws=None)["groups"][0]["criteria"][0]["ratings"]
    loads_scores(project, tmp_path)
    assert (before, report(project, draws=None)["groups"][0]["criteria"][0]["ratings"]) == (4, 5)


def test_who_takes_what_is_a_minute_old_gets_it_for_a_minute(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Counter()
    _value, at = kept.kept(project, ("some",), make)
    submits(project)
    for later, expected in ((59, 1), (60, 2), (61, 2)):
        monkeypatch.setattr(kept.timezone, "now", lambda later=later: at + timedelta(seconds=later))
        assert kept.kept(project, ("some",), make, behind=kept.A_MINUTE)[0] == expected


def test_who_asks_for_what_is_true_now_never_gets_an_old_one(project: Project) -> None:
    before = report(project, draws=None)
    submits(project)
    now = report(project, draws=None)
    assert [found["groups"][0]["criteria"][0]["ratings"] for found in (before, now)] == [4, 5]


def test_another_form_is_not_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Counter()
    kept.kept(project, ("some",), make)
    monkeypatch.setattr(kept, "FORM", kept.FORM + 1)
    assert kept.kept(project, ("some",), make)[0] == 2


def test_judgements_are_the_same_read_and_kept(project: Project) -> None:
    cache.clear()
    [read] = first_judgements(project)
    [again] = first_judgements(project)
    assert (again.annotators, again.rubric) == (read.annotators, read.rubric)
    for key in ("text", "images", "harm"):
        assert str(again.values[key].tolist()) == str(read.values[key].tolist())
    assert (again.days.tolist(), again.overall.tolist()) == (read.days.tolist(), read.overall.tolist())
