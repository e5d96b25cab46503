"""The report is the statistics of first, independent judgements: by rubric and criterion, with intervals or reasons."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from annotation.agreement import Resamples, alpha
from annotation.errors import Refused
from annotation.flow import adjudicate
from annotation.flow.agree import agreement_report
from annotation.flow.agree.drilldown import Selection, drilldown
from annotation.flow.agree.report import GROUPINGS, by_week, groups, read_resamples
from annotation.flow.judgements import rating_matrices
from annotation.flow.score import revise
from annotation.models import Annotation, Assignment, Project, ProjectRubric, Revision, Task, User
from rubrics import versioning
from tests.factories import body, criterion, judge, judged, load, make_member, make_project, make_rubric, record

pytestmark = pytest.mark.django_db
EXAMPLE = json.loads(Path("fixtures/agreement/krippendorff-2011.json").read_text())
FEW = {"low": None, "high": None, "no_interval": "too few queries for an interval"}


def rows_of(project: Project, **options: Any) -> dict[str, dict[str, Any]]:
    [group] = agreement_report(project, **options)["groups"]
    return {row["criterion"]: row for row in group["criteria"]}


def close(found: Any) -> Any:
    return pytest.approx(found, abs=5e-6)


def test_krippendorffs_example_comes_out_of_the_database_as_it_is_printed() -> None:
    project = make_project(overlap=4)
    judged(project, list(zip(*EXAMPLE["ratings"], strict=True)), names=("a", "b", "c", "d"))
    row = rows_of(project, draws=None)["text"]
    counted = {key: row[key] for key in ("items", "pairable_items", "queries", "raters", "ratings")}
    assert counted == {"items": 12, "pairable_items": 11, "queries": 11, "raters": 4, "ratings": 41}
    assert row["alpha"] == {"level": "ordinal", "value": close(0.81539), "n": 11, "reason": None}
    assert row["ac2"]["value"] == close(0.93439)  # on the scale of 6, of which nobody gave the last


def test_a_small_study_is_reported_whole() -> None:
    project = make_project(overlap=2)
    judged(project, [[1, 2], [3, 3], [6, body(text=5, penalties=["harm"])], [4, None]], names=("ana", "bo"))
    figure = {"n": 3, "reason": None, **FEW}
    head = {"rubric": "small@1", "items": 4, "pairable_items": 3, "queries": 3, "raters": 2, "ratings": 7}
    nothing = {"value": None, "n": 0, "reason": "nothing has been rated", "low": None, "high": None, "no_interval": None}
    [group] = agreement_report(project)["groups"]
    text, images, overall, harm = group["criteria"]
    assert group["by"] == {}
    assert text == {
        **head,
        "criterion": "text",
        "kind": "rated",
        "alpha": {"level": "ordinal", "value": close(0.901961), **figure},
        "ac2": {"value": close(0.84), **figure},
        "weighted_kappa": {"value": close(0.884615), **figure},
        "icc_single": {"value": close(0.900990), **figure},
        "icc_mean": {"value": close(0.935733), **figure},
        "exact": close(1 / 3),
        "adjacent": 1.0,
        "mean_absolute_difference": close(2 / 3),
        "commonest": {"level": 3, "share": close(2 / 7)},
    }
    assert images == {
        "rubric": "small@1",
        "criterion": "images",
        "kind": "rated",
        "items": 0,
        "pairable_items": 0,
        "queries": 0,
        "raters": 0,
        "ratings": 0,
        "alpha": {"level": "ordinal"} | nothing,
        "ac2": nothing,
        "weighted_kappa": nothing,
        "icc_single": nothing,
        "icc_mean": nothing,
        "exact": None,
        "adjacent": None,
        "mean_absolute_difference": None,
        "commonest": None,
    }
    assert overall == {
        **head,
        "criterion": "overall",
        "kind": "overall",
        "alpha": {"level": "interval", "value": close(0.719101), **figure},
        "icc_single": {"value": close(0.6875), **figure},
        "icc_mean": {"value": close(0.778761), **figure},
        "mean_absolute_difference": 1.0,
    }
    assert harm == {
        **head,
        "criterion": "harm",
        "kind": "penalty",
        "alpha": {"level": "nominal", "value": 0.0, **figure},
        "ac1": {"value": close(0.573333), **figure},
        "prevalence": close(1 / 7),
    }


def test_without_draws_nothing_is_said_of_intervals() -> None:
    project = make_project(overlap=2)
    judged(project, [[1, 2], [3, 3], [6, 5]], names=("ana", "bo"))
    assert "interval" not in json.dumps(agreement_report(project, draws=None)).replace('"level": "interval"', "")
    assert set(rows_of(project, draws=None)["text"]["alpha"]) == {"level", "value", "n", "reason"}


def test_intervals_are_clustered_by_query_and_drawn_by_number_and_seed() -> None:
    project = make_project(overlap=2)
    ratings = [[1 + number % 6, 1 + (number + number // 7 % 2) % 6] for number in range(12)]
    load(project, [record(1 + number // 2, model=f"system-{number % 2}") for number in range(12)])
    people = [make_member(project, name) for name in ("ana", "bo")]
    tasks = Task.objects.order_by("response__query__external_id", "response__system")
    for task, row in zip(tasks, ratings, strict=True):
        for user, level in zip(people, row, strict=True):
            judge(task, user, text=level)
    array, queries = np.array(ratings, dtype=float).T, np.arange(12) // 2
    expected = alpha(array, level="ordinal", scale=range(1, 7), queries=queries, draws=Resamples(7, 200))
    row = rows_of(project, draws=Resamples(7, 200))["text"]
    assert row["alpha"] == {"level": "ordinal"} | expected.plain(interval=True)
    assert (row["queries"], row["pairable_items"]) == (6, 12)


@pytest.mark.parametrize(
    ("resamples", "seed", "expected"),
    [("0", "5", None), (0, 0, None), ("100", "-3", Resamples(-3, 100)), (10_000, 4, Resamples(4, 10_000))],
)
def test_draws_are_told_by_number_and_seed(resamples: Any, seed: Any, expected: Resamples | None) -> None:
    assert read_resamples(resamples, seed) == expected


@pytest.mark.parametrize(
    ("resamples", "seed", "message"),
    [
        ("99", "0", "resamples: expected 0 or 100 to 10000, not 99"),
        ("10001", "0", "resamples: expected 0 or 100 to 10000, not 10001"),
        ("-1", "0", "resamples: expected 0 or 100 to 10000, not -1"),
        ("many", "0", "resamples: expected a whole number, not many"),
        ("1000", "1.5", "seed: expected a whole number, not 1.5"),
        ("1000", str(2**63), f"seed: expected a whole number of at most 64 bits, not {2**63}"),
    ],
)
def test_other_draws_are_refused_by_name(resamples: str, seed: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        read_resamples(resamples, seed)
    assert str(refused.value) == message


UNDEFINED: dict[str, tuple[list[list[Any]], dict[str, str]]] = {
    "nobody has judged": ([[None, None], [None, None]], {"text": "nothing has been rated"}),
    "one annotator": (
        [[4, None], [5, None]],
        {"text": "only one annotator has rated", "overall": "only one annotator has rated"},
    ),
    "no overlap": ([[4, None], [None, 5]], {"text": "no response has two ratings", "harm": "no response has two ratings"}),
    "no variation": ([[4, 4], [4, 4]], {"text": "every rating is the same", "harm": "every rating is the same"}),
    "one response": ([[4, 5]], dict.fromkeys(["text", "overall", "harm"], "only one response has two ratings")),
}


@pytest.mark.parametrize("case", UNDEFINED)
def test_an_undefined_alpha_says_why(case: str) -> None:
    ratings, reasons = UNDEFINED[case]
    project = make_project(overlap=2)
    judged(project, ratings, names=("ana", "bo"))
    rows = rows_of(project)
    assert {key: (rows[key]["alpha"]["value"], rows[key]["alpha"]["reason"]) for key in reasons} == {
        key: (None, reason) for key, reason in reasons.items()
    }


def test_every_figure_without_a_value_or_an_interval_has_a_reason() -> None:
    project = make_project(overlap=2)
    judged(project, [[4, 5], [2, None], [3, 3]], names=("ana", "bo"))
    figures = [
        found for row in rows_of(project).values() for found in row.values() if isinstance(found, dict) and "value" in found
    ]
    assert len(figures) == 2 * 5 + 3 + 2
    for found in figures:
        assert (found["value"] is None) == (found["reason"] is not None)
        assert (found["low"] is None) == (found["no_interval"] is not None or found["reason"] is not None)


def revised(project: Project, tasks: list[Task]) -> None:
    slot = Assignment.objects.get(task=tasks[0], annotator__username="ana")
    assert slot.annotator
    revise.revise(assignment=slot.pk, by=slot.annotator, body=body(text=6))


def asked_after_a_dispute(project: Project, tasks: list[Task]) -> None:
    Assignment.objects.create(task=tasks[1], project=project, number=9, position=9999, reason="after_dispute")
    judge(tasks[1], make_member(project, "dara"), text=1)


def of_kind(kind: str) -> Callable[[Project, list[Task]], None]:
    def added(project: Project, tasks: list[Task]) -> None:
        load(project, [record(50)])
        task = Task.objects.get(response__query__external_id="PBL-0050")
        Task.objects.filter(pk=task.pk).update(kind=kind)
        for name, level in (("ana", 1), ("bo", 6)):
            judge(task, User.objects.get(username=name), text=level)

    return added


def decided(project: Project, tasks: list[Task]) -> None:
    Project.objects.filter(pk=project.pk).update(undisputed_share=0)
    project.refresh_from_db()
    ada = make_member(project, "ada", "adjudicator")
    case = adjudicate.start(project=project, by=ada)
    assert case is not None
    adjudicate.score_blind(adjudication=case.pk, by=ada, answers={"text": 6})
    decision = {"score": 6, "cause": "slip", "reason": "a slip"}
    adjudicate.decide(adjudication=case.pk, by=ada, decisions={"text": decision})


MORE = {
    "a revision": revised,
    "a third annotation after a dispute": asked_after_a_dispute,
    "an anchor": of_kind("anchor"),
    "a gate": of_kind("gate"),
    "a rerate": of_kind("rerate"),
    "a decision": decided,
}


@pytest.mark.parametrize("what", MORE)
def test_only_first_independent_judgements_count(what: str) -> None:
    project = make_project(overlap=2)
    tasks = judged(project, [[1, 4], [5, 5], [2, 3], [6, 5]], names=("ana", "bo"))
    before, counted = agreement_report(project), Revision.objects.count()
    MORE[what](project, tasks)
    found = agreement_report(project)
    assert found["groups"] == before["groups"]
    assert [{**row, "judgements": 0} for row in found["annotators"]] == [{**row, "judgements": 0} for row in before["annotators"]]
    assert (found["pairs"], found["confusions"]) == (before["pairs"], before["confusions"])
    assert counted < Revision.objects.count() or what == "a decision"


@pytest.mark.parametrize("what", [name for name in MORE if name != "a decision"])
def test_what_does_not_count_would_change_the_figure(what: str) -> None:
    """With everything taken in that anybody said of a response, alpha is another: the test above would see it."""
    project = make_project(overlap=2)
    tasks = judged(project, [[1, 4], [5, 5], [2, 3], [6, 5]], names=("ana", "bo"))
    before = rows_of(project)["text"]["alpha"]["value"]
    MORE[what](project, tasks)
    newest = [annotation.revisions.order_by("-number")[0] for annotation in Annotation.objects.order_by("pk")]
    names = sorted({found.annotation.annotator.username for found in newest})
    at = sorted({found.annotation.task_id for found in newest})
    ratings = np.full((len(names), len(at)), np.nan)
    for found in newest:
        level = found.scores.get(criterion__key="text").level
        assert level
        ratings[names.index(found.annotation.annotator.username), at.index(found.annotation.task_id)] = level.value
    assert alpha(ratings, level="ordinal", scale=range(1, 7)).value != pytest.approx(before, abs=0.01)


def test_two_rubrics_with_the_same_criterion_are_never_pooled() -> None:
    make_rubric()
    make_rubric(slug="other", category="situational-analysis")
    project = make_project(overlap=2, rubrics=["small@1", "other@1"])
    load(project, [record(1), record(2), record(3, id="SA-0001"), record(4, id="SA-0002")])
    people = [make_member(project, name) for name in ("ana", "bo")]
    levels = {"PBL-0001": (1, 1), "PBL-0002": (5, 5), "SA-0001": (1, 5), "SA-0002": (5, 1)}
    for task in Task.objects.order_by("pk"):
        for user, level in zip(people, levels[task.response.query.external_id], strict=True):
            judge(task, user, text=level)
    [group] = agreement_report(project, draws=None)["groups"]
    text = [(row["rubric"], row["ratings"], row["alpha"]["value"]) for row in group["criteria"] if row["criterion"] == "text"]
    assert text == [("other@1", 4, close(-0.5)), ("small@1", 4, 1.0)]
    found = agreement_report(project, ["system", "week"], draws=None)
    grouped = [(row["rubric"], row["alpha"]["value"]) for row in found["groups"][0]["criteria"] if row["criterion"] == "text"]
    assert (len(found["groups"]), grouped) == (1, [("other@1", close(-0.5)), ("small@1", 1.0)])
    kappas = [(row["rubric"], row["weighted_kappa"]["value"]) for row in found["pairs"] if row["criterion"] == "text"]
    assert kappas == [("other@1", close(-1.0)), ("small@1", 1.0)]
    tables = {row["rubric"]: row["counts"] for row in found["confusions"] if row["criterion"] == "text"}
    assert {rubric: (table[0][0], table[0][4], table[4][4]) for rubric, table in tables.items()} == {
        "other@1": (0, 2, 0),
        "small@1": (2, 0, 2),
    }
    assert {(row["rubric"], row["annotator"], row["judgements"]) for row in found["annotators"]} == {
        (rubric, name, 2) for rubric in ("other@1", "small@1") for name in ("ana", "bo")
    }
    listed = [len(drilldown(project, Selection(rubric=rubric, criterion="text"))) for rubric in ("other@1", "small@1", None)]
    weeks = [by_week(project, rubric, "text", None)[0]["alpha"]["value"] for rubric in ("other@1", "small@1")]
    assert (listed, weeks) == ([2, 2, 4], [close(-0.5), 1.0])


def test_two_versions_of_a_rubric_are_never_pooled() -> None:
    project = make_project(overlap=2)
    judged(project, [[1, 1], [5, 5]], names=("ana", "bo"))
    second = make_rubric(criteria=[criterion(key="text", title="Text, anew"), criterion(key="images", na="allowed")])
    versioning.freeze(rubric=second)
    ProjectRubric.objects.create(project=project, category=second.category, rubric=second)
    for place, (old, row) in enumerate(zip(Task.objects.order_by("pk"), [(1, 5), (5, 1)], strict=True)):
        task = Task.objects.create(project=project, response=old.response, rubric=second)
        for number, (name, level) in enumerate(zip(("ana", "bo"), row, strict=True), 1):
            Assignment.objects.create(task=task, project=project, number=number, position=100 + 2 * place + number)
            judge(task, User.objects.get(username=name), text=level)
    [group] = agreement_report(project, draws=None)["groups"]
    text = [(row["rubric"], row["ratings"], row["alpha"]["value"]) for row in group["criteria"] if row["criterion"] == "text"]
    assert text == [("small@1", 4, 1.0), ("small@2", 4, close(-0.5))]


@pytest.fixture
def varied() -> Project:
    """Four responses of two systems in two fields and rounds; the third is judged by one annotator, the fourth by nobody."""
    project = make_project(overlap=2)
    records = [record(number, model=f"system-{number % 2}", field=f"field {number // 3}") for number in (1, 2, 3, 4)]
    load(project, records)
    people = [make_member(project, name) for name in ("ana", "bo")]
    tasks = Task.objects.order_by("response__query__external_id")
    for task, row in zip(tasks, [(1, 2), (5, 5), (4, None), (None, None)], strict=True):
        for user, level in zip(people, row, strict=True):
            if level:
                judge(task, user, text=level)
    Task.objects.filter(response__query__external_id="PBL-0001").update(round=10)
    return project


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (["system"], [({"system": "system-0"}, 1), ({"system": "system-1"}, 2)]),
        (["field"], [({"field": "field 0"}, 2), ({"field": "field 1"}, 1)]),
        (["round"], [({"round": "1"}, 2), ({"round": "10"}, 1)]),
        (
            ["field", "system"],
            [
                ({"field": "field 0", "system": "system-0"}, 1),
                ({"field": "field 0", "system": "system-1"}, 1),
                ({"field": "field 1", "system": "system-1"}, 1),
            ],
        ),
        (["system", "system"], [({"system": "system-0"}, 1), ({"system": "system-1"}, 2)]),
    ],
)
def test_groups_are_what_has_been_judged_by_the_columns(varied: Project, by: list[str], expected: Any) -> None:
    found = agreement_report(varied, by, draws=None)["groups"]
    assert [(group["by"], group["criteria"][0]["items"]) for group in found] == expected


def test_a_group_says_what_its_responses_alone_would_say(varied: Project) -> None:
    [of_system] = [group for group in agreement_report(varied, ["system"])["groups"] if group["by"] == {"system": "system-1"}]
    parts = [part.part(part.about["system"] == "system-1") for part in rating_matrices(varied)]
    assert of_system["criteria"] == groups(parts, [], Resamples())[0]["criteria"]


def test_a_week_is_that_of_the_responses_last_judgement(varied: Project) -> None:
    week = rating_matrices(varied)[0].weeks[0]
    assert [group["by"] for group in agreement_report(varied, ["week"], draws=None)["groups"]] == [{"week": week}]


def test_unknown_columns_are_refused(varied: Project) -> None:
    with pytest.raises(Refused) as refused:
        agreement_report(varied, ["system", "annotator", "colour"])
    assert str(refused.value) == "by: annotator, colour is none of category, field, subfield, system, round, week"
    assert len(GROUPINGS) == 6


def test_nothing_judged_is_no_group_by_columns_and_reasons_without() -> None:
    project = make_project()
    judged(project, [[None]])
    assert agreement_report(project, ["system"])["groups"] == []
    assert [row["alpha"]["reason"] for row in rows_of(project).values()] == ["nothing has been rated"] * 4
    assert agreement_report(make_project(slug="empty", rubrics=["small@1"])) == {
        "project": "empty",
        "groups": [{"by": {}, "criteria": []}],
        "annotators": [],
        "pairs": [],
        "confusions": [],
    }
