"""The scores of a file are kept as runs of a scorer, all or nothing; the same file again changes nothing."""

from typing import Any

import pytest

from annotation.errors import Refused, ValidationError
from annotation.flow.check import Scale, withdraw
from annotation.models import Event, Project, Release, Scorer, ScorerRun, ScorerScore
from tests.annotation.flow.check.scorer_files import keep
from tests.factories import make_member, make_project, responses

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project()
    responses(project, 3)
    return project


def stored() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Scorer, ScorerRun, ScorerScore, Event)]


def test_a_file_is_kept_with_its_counts(project: Project) -> None:
    lea = make_member(project, "lea", "manager")
    kept = keep(project, (1, 4), (2, 9), (3, ""), (7, 1), by=lea)
    counts = {
        "responses": 3, "scored": 2, "unreadable": 1, "unreadable_because": {"empty": 1}, "missing": 0, "extra": 1, "clipped": 1,
        "several_numbers": 0, "cut": 0, "dropped": 0,
    }  # fmt: skip
    scorer = {"id": Scorer.objects.get().pk, "name": "judge"}
    assert kept.as_dict() == {"scorer": scorer, "runs": [{"number": 1, "run": "", "new": True, "counts": counts}]}
    run = ScorerRun.objects.get()
    assert (run.file_name, run.counts, run.made_by, run.scale_low) == ("scores.csv", counts, lea, None)
    rows = ScorerScore.objects.order_by("pk").values_list("raw", "value", "state")
    assert list(rows) == [(4, 4, "read"), (9, 6, "clipped"), (None, None, "unreadable")]
    event = Event.objects.get(verb="scorer_loaded")
    assert (event.by, event.data) == (lea, {"scorer": "judge", "file": "scores.csv", "runs": [1]})


def test_the_same_file_again_changes_nothing(project: Project) -> None:
    first = keep(project, (1, 4))
    before = stored()
    again = keep(project, (1, 4), name="renamed.csv", scorer=" judge ")
    assert (again.is_new, again.runs, stored()) == (False, first.runs, before)


def test_the_same_file_on_another_scale_is_refused(project: Project) -> None:
    keep(project, (1, 4), scale=Scale(0, 10))
    before = stored()
    with pytest.raises(Refused, match="kept as run 1 already, on another scale: withdraw the scorer first"):
        keep(project, (1, 4))
    assert stored() == before


def test_each_file_and_each_run_of_a_file_is_another_run(project: Project) -> None:
    keep(project, (1, 4))
    keep(project, (1, 5, "b"), (1, 6, "a"), (2, 3, "a"), columns="id,model,score,run", name="two.csv")
    runs = ScorerRun.objects.order_by("number").values_list("number", "label", "file_name", "counts__scored")
    assert list(runs) == [(1, "", "scores.csv", 1), (2, "b", "two.csv", 1), (3, "a", "two.csv", 2)]


def test_a_declared_scale_is_kept_with_the_run(project: Project) -> None:
    keep(project, (1, 5), (2, 10), scale=Scale(0, 10))
    run = ScorerRun.objects.get()
    assert (run.scale_low, run.scale_high) == (0, 10)
    assert list(ScorerScore.objects.order_by("pk").values_list("raw", "value")) == [(5, 3), (10, 6)]


@pytest.mark.parametrize(
    ("rows", "more", "message"),
    [
        ([(7, 4)], {}, "scores.csv: none of its records names a response of study"),
        ([], {}, "scores.csv: none of its records names a response of study"),
        ([(1, 0.2), (2, 0.7)], {}, "Declare their scale"),
        ([(1, 4)], {"scorer": " "}, "name: required"),
        ([(1, 4)], {"scorer": "x" * 201}, "name: expected a text of at most 200 characters"),
        ([(1, 4)], {"trained_on": 7}, "release: study has no release 7"),
    ],
)
def test_what_is_refused_leaves_nothing(project: Project, rows: list[Any], more: dict[str, Any], message: str) -> None:
    before = stored()
    with pytest.raises((Refused, ValidationError), match=message):
        keep(project, *rows, **more)
    assert stored() == before


def test_on_what_a_scorer_was_trained_is_said_once(project: Project) -> None:
    for version in (1, 2):
        Release.objects.create(project=project, version=version, seed=0, manifest={}, made_at=project.created_at)
    keep(project, (1, 4))
    keep(project, (1, 5), trained_on=2)
    assert Scorer.objects.get().trained_on == Release.objects.get(version=2)
    keep(project, (1, 3))
    with pytest.raises(Refused, match="judge was trained on release 2, as was said before: give it another name"):
        keep(project, (1, 2), trained_on=1)


def test_a_withdrawn_scorer_gets_no_further_run(project: Project) -> None:
    keep(project, (1, 4))
    withdraw(scorer=Scorer.objects.get(), reason="Wrong model.")
    before = stored()
    with pytest.raises(Refused, match="judge is withdrawn: give these scores another name"):
        keep(project, (1, 5))
    assert stored() == before


def test_two_projects_may_have_scorers_of_one_name(project: Project) -> None:
    other = make_project(slug="other", rubrics=["small"])
    responses(other, 1)
    keep(project, (1, 4))
    keep(other, (1, 4))
    assert sorted(Scorer.objects.values_list("project__slug", "name")) == [("other", "judge"), ("study", "judge")]
