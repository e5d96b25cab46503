"""The part of the report that is about people: whole for a small study, and put together from the right arrays."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from annotation.agreement import Resamples
from annotation.flow.agree import agreement_report
from annotation.flow.agree.annotators import CHARACTERS_PER_IMAGE, annotators, content_of, pairs, tables_of
from annotation.flow.judgements import rating_matrices
from annotation.flow.judgements.matrix import iso_week
from annotation.models import Project, Query, Revision, Task
from tests.factories import block, body, criterion, judge, load, make_member, make_project, make_rubric, png, record

pytestmark = pytest.mark.django_db


def close(value: Any) -> Any:
    return pytest.approx(value, abs=5e-6)


@pytest.fixture
def project() -> Project:
    """Two rated criteria; ana is severe and quick, bo lenient and slow; chen judged the last response alone."""
    criteria = [criterion(key="text"), criterion(key="tone", title="Tone"), criterion(key="images", na="allowed")]
    project = make_project(overlap=3, rubrics=[make_rubric(criteria=criteria).name])
    answers = {
        "ana": [(1, 2, 10), (3, 3, 20), (5, 4, 30), None],
        "bo": [(2, 2, 20), (4, 5, 40), (6, 6, 60), None],
        "chen": [None, None, None, (3, 3, 50)],
    }
    rows = [
        [row[number] and body(text=row[number][0], active_seconds=row[number][2]) for row in answers.values()]
        for number in range(4)
    ]
    for number, row in enumerate(rows):
        for judgement, levels in zip(row, answers.values(), strict=True):
            if judgement:
                judgement["scores"]["tone"] = levels[number][1]
    judge_all(project, rows)
    return project


def judge_all(project: Project, rows: Any) -> None:
    load(project, [record(number, answer=[{"text": "x" * 10 * number}]) for number in range(1, len(rows) + 1)])
    people = [make_member(project, name) for name in ("ana", "bo", "chen")]
    for task, row in zip(Task.objects.order_by("response__query__external_id"), rows, strict=True):
        for user, judgement in zip(people, row, strict=True):
            if judgement:
                scores = judgement["scores"]
                judge(task, user, **{key: value for key, value in judgement.items() if key != "scores"}, scores=scores)


def figure(value: float | None, n: int, reason: str | None = None) -> dict[str, Any]:
    return {"value": value if value is None else close(value), "n": n, "reason": reason}


def no_trend(n: int) -> dict[str, Any]:
    nothing = {"slope": None, "se": None, "low": None, "high": None, "p": None, "p_adjusted": None, "beyond_chance": False}
    return nothing | {"n": n, "reason": "fewer than three periods have a figure with its error"}


def test_annotators_of_a_small_study_are_reported_whole(project: Project) -> None:
    ana, bo, chen = agreement_report(project, resamples=None)["annotators"]
    week = Revision.objects.order_by("pk")[0].submitted_at.strftime("%G-W%V")
    assert ana == {
        "rubric": "small@1",
        "annotator": "ana",
        "judgements": 3,
        "seconds": 20.0,
        "group": 1,
        "severity": figure(-7 / 12, 3),
        "agreement": figure(0.685714, 3),
        "spread": figure(0.770752, 3),
        "halo": figure(1.0, 3),
        "halo_given_response": figure(None, 3, "no two criteria have ratings that vary"),
        "infit": figure(5 / 6, 3),  # of a freedom of six, the severities took one
        "outfit": figure(5 / 6, 3),
        "straight_lining": figure(None, 0, "no judgement has ratings on enough criteria"),
        "pace": figure(0.5, 3),
        "attention": figure(1.0, 3),
        "levels": {"1": 1, "2": 1, "3": 2, "4": 1, "5": 1, "6": 0},
        "weeks": [
            {
                "week": week,
                "judgements": 3,
                "severity": figure(-7 / 12, 3),
                "agreement": ana["agreement"],
                "spread": ana["spread"],
                "pace": figure(0.5, 3),
            }
        ],
        "trends": {"severity": no_trend(0), "agreement": no_trend(0)},
        "bias": [],
    }
    assert (bo["group"], bo["severity"], bo["pace"], bo["agreement"]) == (1, figure(7 / 12, 3), figure(2.0, 3), ana["agreement"])
    alone = figure(None, 0, "no response has two ratings")
    assert (chen["judgements"], chen["group"], chen["severity"], chen["agreement"], chen["spread"]) == (1, None, *[alone] * 3)
    assert chen["attention"] == figure(None, 1, "too few times are known")


def test_severity_and_agreement_have_intervals_clustered_by_query(project: Project) -> None:
    [row] = [row for row in agreement_report(project, resamples=Resamples())["annotators"] if row["annotator"] == "ana"]
    few = {"low": None, "high": None, "no_interval": "too few queries for an interval"}
    assert row["severity"] == figure(-7 / 12, 3) | few | {"se": None}
    assert row["agreement"] == figure(0.685714, 3) | few
    assert set(row["spread"]) == {"value", "n", "reason"}


def test_pairs_are_over_all_criteria_and_on_each(project: Project) -> None:
    rows = agreement_report(project, resamples=None)["pairs"]
    assert [(row["criterion"], row["annotators"]) for row in rows] == [
        (key, pair) for key in (None, "text", "tone", "images") for pair in (["ana", "bo"], ["ana", "chen"], ["bo", "chen"])
    ]
    nothing = figure(None, 0, "no response has two ratings")
    assert [row["weighted_kappa"] for row in rows[:6]] == [
        *(figure(0.685714, 3), nothing, nothing),
        *(figure(0.842105, 3), nothing, nothing),
    ]


def test_one_response_with_two_ratings_makes_no_agreement_however_many_criteria_it_has() -> None:
    project = make_project(rubrics=[make_rubric(criteria=[criterion(key="text"), criterion(key="tone", title="Tone")]).name])
    ana, bo, once = ({"scores": {"text": text, "tone": tone}} for text, tone in ((2, 3), (5, 3), (1, 1)))
    judge_all(project, [[ana, bo, None], [once, None, None]])
    report = agreement_report(project, resamples=None)
    unknown = figure(None, 1, "only one response has two ratings")
    assert [row["weighted_kappa"] for row in report["pairs"]] == [unknown] * 3
    assert [(row["agreement"], row["spread"]) for row in report["annotators"]] == [(unknown, unknown)] * 2
    assert [row["severity"] for row in report["annotators"]] == [figure(-0.75, 1), figure(0.75, 1)]


@pytest.fixture
def by_chance() -> Project:
    """Ana and bo agree on neither criterion beyond chance, and both rate the one low and the other high."""
    project = make_project(rubrics=[make_rubric(criteria=[criterion(key="text"), criterion(key="tone", title="Tone")]).name])
    ana = [{"scores": {"text": text, "tone": tone}} for text, tone in zip((1, 1, 2, 2), (5, 5, 6, 6), strict=True)]
    bo = [{"scores": {"text": text, "tone": tone}} for text, tone in zip((1, 2, 1, 2), (6, 5, 5, 6), strict=True)]
    judge_all(project, [[one, other, None] for one, other in zip(ana, bo, strict=True)])
    return project


def test_over_all_criteria_chance_is_taken_within_each(by_chance: Project) -> None:
    report = agreement_report(by_chance, resamples=None)
    assert [row["weighted_kappa"] for row in report["pairs"]] == [figure(0.0, 4)] * 3
    assert [row["agreement"] for row in report["annotators"]] == [figure(0.0, 4)] * 2


@pytest.mark.parametrize("resamples", [None, Resamples()])
def test_the_kappas_of_few_pairs_over_all_criteria_have_intervals(
    by_chance: Project, resamples: Resamples | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    [read] = rating_matrices(by_chance)
    few = {"low": None, "high": None, "no_interval": "too few queries for an interval"} if resamples else {}
    of_all, *of_criteria = [row["weighted_kappa"] for row in pairs(read, tables_of(read), resamples)]
    assert (of_all, of_criteria) == (figure(0.0, 4) | few, [figure(0.0, 4)] * 2)
    monkeypatch.setattr("annotation.flow.agree.annotators.PAIRS_WITH_INTERVALS", 0)
    assert [row["weighted_kappa"] for row in pairs(read, tables_of(read), resamples)] == [figure(0.0, 4)] * 3


def test_confusions_count_pairs_from_both_sides(project: Project) -> None:
    rows = agreement_report(project, resamples=None)["confusions"]
    assert [(row["rubric"], row["criterion"], row["levels"]) for row in rows] == [
        ("small@1", key, [1, 2, 3, 4, 5, 6]) for key in (None, "text", "tone", "images")
    ]
    text = [[0] * 6 for _ in range(6)]
    for one, other in ((1, 2), (3, 4), (5, 6)):
        text[one - 1][other - 1] = text[other - 1][one - 1] = 1
    assert rows[1]["counts"] == text
    assert rows[0]["counts"] == [
        [sum(values) for values in zip(*lines, strict=True)] for lines in zip(*(row["counts"] for row in rows[1:]), strict=True)
    ]


def test_each_week_is_that_of_the_annotators_own_judgements(project: Project) -> None:
    [read] = rating_matrices(project)
    days = read.days.copy()
    days[0, 2] += 7  # ana's third judgement came a week later than bo's of the same response
    later = replace(read, days=days)
    weeks = [iso_week(day) for day in sorted(set(days[0].tolist()) - {0})]
    ana, bo, _chen = annotators(later, content_of(project), None)
    assert [(row["week"], row["judgements"], row["severity"]) for row in ana["weeks"]] == [
        (weeks[0], 2, figure(-5 / 12, 2)),
        (weeks[1], 1, figure(-11 / 12, 1)),
    ]
    assert [(row["week"], row["judgements"], row["severity"]) for row in bo["weeks"]] == [(weeks[0], 3, figure(7 / 12, 3))]
    assert [row["pace"] for row in ana["weeks"]] == [figure(0.5, 2), figure(0.5, 1)]


def test_the_content_of_a_query_that_was_dropped_since_the_reading_still_counts(project: Project) -> None:
    [read] = rating_matrices(project)
    before = list(annotators(read, content_of(project), None))
    lea = make_member(project, "lea", "manager")
    Query.objects.filter(external_id="PBL-0001").update(dropped_at=timezone.now(), dropped_by=lea)
    assert list(annotators(read, content_of(project), None)) == before


def test_content_is_the_characters_of_query_and_response_and_a_number_for_each_image() -> None:
    project = make_project()
    load(
        project,
        [record(1, question=[block("12345", "a.png"), block(None, "a.png")], answer=[{"text": "1234567"}])],
        {"a.png": png()},
    )
    [task] = Task.objects.all()
    assert content_of(project) == {task.pk: 5 + 2 * CHARACTERS_PER_IMAGE + 7}


def test_of_many_annotators_agreement_and_spread_are_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    [matrix] = rating_matrices(project)
    content = content_of(project)
    few = list(annotators(matrix, content, None))
    monkeypatch.setattr("annotation.flow.agree.annotators.MANY_ANNOTATORS", 2)
    many = list(annotators(matrix, content, None))
    for name in ("agreement", "spread"):
        expected = [row[name] if row[name]["value"] is None else figure(row[name]["value"], row[name]["n"]) for row in few]
        assert [row[name] for row in many] == expected
    assert [row["agreement"]["n"] for row in many] == [3, 3, 0]
