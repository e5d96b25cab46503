"""A cached value is read while the project's state is the same, and computed anew when it has changed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache

from annotation.flow.agree import agreement_report, agreement_report_at
from annotation.flow.agree.weeks import over_time
from annotation.flow.duplicates import resolve
from annotation.flow.judgements import ProjectCache, rating_matrices
from annotation.flow.judgements import cache as module
from annotation.flow.load import load_scores
from annotation.models import Event, Project, Query, Task, User
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
    resolve.drop(query=Query.objects.get(external_id="PBL-0009"), by=make_member(project, "lea", "manager"))


def loads_scores(project: Project, folder: Any) -> None:
    file = folder / "scores.csv"
    file.write_text("id,model,annotator,criterion,score\nPBL-0001,system-a,dara,text,4\nPBL-0001,system-a,dara,images,na\n")
    load_scores(path=file, project=project)


def commits_what_began_before(project: Project) -> None:
    """On PostgreSQL keys are given when a transaction writes, not when it is committed."""
    greatest = Event.objects.order_by("-pk")[0].pk
    Event.objects.create(pk=greatest - 1, project=project, verb=Event.Verb.DROPPED)


CHANGES: dict[str, Callable[[Project], None]] = {
    "somebody submits": submits,
    "somebody is renamed": is_renamed,
    "more is loaded": lambda project: load(project, [record(9)]),
    "a query is dropped": drops_a_query,
    "an event is committed late": commits_what_began_before,
}


def test_a_value_is_computed_once_while_nothing_happens(project: Project) -> None:
    make = Counter()
    values = [ProjectCache(project).get(("some", 1), make)[0] for _again in range(2)]
    assert (values, make.made) == ([1, 1], 1)


def test_each_name_and_project_has_its_own_value(project: Project) -> None:
    make, other = Counter(), make_project(slug="other", rubrics=["small"])
    values = [ProjectCache(of).get(name, make)[0] for of, name in ((project, ("a",)), (project, ("b",)), (other, ("a",)))]
    assert values == [1, 2, 3]


@pytest.mark.parametrize("change", CHANGES)
def test_a_value_is_computed_anew_when(project: Project, change: str) -> None:
    make = Counter()
    Event.objects.create(pk=1_000_000, project=project, verb=Event.Verb.FLAGGED)
    ProjectCache(project).get(("some",), make)
    CHANGES[change](project)
    assert [ProjectCache(project).get(("some",), make)[0] for _again in range(2)] == [2, 2]


def test_a_value_is_computed_anew_when_scores_are_loaded(project: Project, tmp_path: Any) -> None:
    before = agreement_report(project, resamples=None)["groups"][0]["criteria"][0]["ratings"]
    loads_scores(project, tmp_path)
    assert (before, agreement_report(project, resamples=None)["groups"][0]["criteria"][0]["ratings"]) == (4, 5)


def test_a_value_may_be_behind_for_as_long_as_the_reader_allows(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Counter()
    _value, at = ProjectCache(project).get(("some",), make)
    submits(project)
    for later, expected in ((59, (1, 0)), (60, (2, 60)), (61, (2, 61))):
        monkeypatch.setattr(module.timezone, "now", lambda later=later: at + timedelta(seconds=later))
        value, as_of = ProjectCache(project).get(("some",), make, behind=module.A_MINUTE)
        assert (value, (as_of - at).total_seconds()) == expected


def test_by_default_no_value_is_behind(project: Project) -> None:
    before = agreement_report(project, resamples=None)
    submits(project)
    now = agreement_report(project, resamples=None)
    assert [report["groups"][0]["criteria"][0]["ratings"] for report in (before, now)] == [4, 5]


@pytest.mark.parametrize("first", [lambda project: agreement_report(project, ["system"], None), rating_matrices])
def test_a_value_computed_from_older_ones_is_never_stored_as_new(project: Project, first: Callable[[Project], Any]) -> None:
    first(project)
    submits(project)
    late, _at = agreement_report_at(project, [], None, behind=module.A_MINUTE)
    weeks = over_time(project, "small@1", "text", None, behind=module.A_MINUTE)
    for report in (late, agreement_report(project, resamples=None)):
        assert (report["groups"][0]["criteria"][0]["ratings"], sum(row["judgements"] for row in report["annotators"])) == (5, 5)
    assert weeks == over_time(project, "small@1", "text", None)
    assert weeks["weeks"][0]["alpha"]["value"] == late["groups"][0]["criteria"][0]["alpha"]["value"]


def test_a_clock_that_was_put_back_makes_no_old_value_young(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Counter()
    _value, at = ProjectCache(project).get(("some",), make)
    monkeypatch.setattr(module.timezone, "now", lambda: at - timedelta(hours=1))
    submits(project)
    for behind, expected in ((module.AT_ONCE, 2), (module.A_MINUTE, 2)):
        assert ProjectCache(project).get(("some",), make, behind=behind)[0] == expected


@pytest.mark.parametrize("bytes_left", [0, 30, -1])
def test_a_damaged_file_is_computed_anew(project: Project, bytes_left: int) -> None:
    make = Counter()
    ProjectCache(project).get(("some",), make)
    for file in Path(settings.CACHES["default"]["LOCATION"]).glob("*.djcache"):
        file.write_bytes(file.read_bytes()[:bytes_left])
    assert [ProjectCache(project).get(("some",), make)[0] for _again in range(2)] == [2, 2]


def test_without_a_folder_to_write_to_a_value_is_computed_each_time(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a command that the administrator ran has made the folder, and nobody else may write into it."""

    def refused(*_args: Any) -> None:
        raise PermissionError("cache")

    for name in ("get", "set"):
        monkeypatch.setattr(FileBasedCache, name, refused)
    make = Counter()
    assert [ProjectCache(project).get(("some",), make)[0] for _again in range(2)] == [1, 2]


@pytest.mark.parametrize(
    ("owner", "name", "value"), [(module, "FORMAT_VERSION", module.FORMAT_VERSION + 1), (settings, "VERSION", "99.0")]
)
def test_a_value_of_another_version_is_not_read(
    project: Project, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, value: Any
) -> None:
    make = Counter()
    ProjectCache(project).get(("some",), make)
    monkeypatch.setattr(owner, name, value)
    assert ProjectCache(project).get(("some",), make)[0] == 2
