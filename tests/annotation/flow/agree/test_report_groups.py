"""The report by columns: a group per combination of their values, and never two rubrics in one figure."""

from typing import Any

import pytest

from annotation.agreement import Resamples
from annotation.errors import Refused
from annotation.flow.agree import agreement_report
from annotation.flow.agree.drilldown import Selection, drilldown
from annotation.flow.agree.report import GROUPINGS, groups
from annotation.flow.agree.weeks import over_time
from annotation.flow.judgements import rating_matrices
from annotation.models import Assignment, Project, ProjectRubric, Response, Task, User
from rubrics import versioning
from tests.factories import criterion, judge, judged, load, make_member, make_project, make_rubric, record

pytestmark = pytest.mark.django_db


def rows_of(project: Project, **options: Any) -> dict[str, dict[str, Any]]:
    [group] = agreement_report(project, **options)["groups"]
    return {row["criterion"]: row for row in group["criteria"]}


def close(value: Any) -> Any:
    return pytest.approx(value, abs=5e-6)


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
    [group] = agreement_report(project, resamples=None)["groups"]
    text = [(row["rubric"], row["ratings"], row["alpha"]["value"]) for row in group["criteria"] if row["criterion"] == "text"]
    assert text == [("other@1", 4, close(-0.5)), ("small@1", 4, 1.0)]
    report = agreement_report(project, ["system", "week"], resamples=None)
    grouped = [(row["rubric"], row["alpha"]["value"]) for row in report["groups"][0]["criteria"] if row["criterion"] == "text"]
    assert (len(report["groups"]), grouped) == (1, [("other@1", close(-0.5)), ("small@1", 1.0)])
    kappas = [(row["rubric"], row["weighted_kappa"]["value"]) for row in report["pairs"] if row["criterion"] == "text"]
    assert kappas == [("other@1", close(-1.0)), ("small@1", 1.0)]
    tables = {row["rubric"]: row["counts"] for row in report["confusions"] if row["criterion"] == "text"}
    assert {rubric: (table[0][0], table[0][4], table[4][4]) for rubric, table in tables.items()} == {
        "other@1": (0, 2, 0),
        "small@1": (2, 0, 2),
    }
    assert {(row["rubric"], row["annotator"], row["judgements"]) for row in report["annotators"]} == {
        (rubric, name, 2) for rubric in ("other@1", "small@1") for name in ("ana", "bo")
    }
    listed = [len(drilldown(project, Selection(rubric=rubric, criterion="text"))) for rubric in ("other@1", "small@1", None)]
    weeks = [over_time(project, rubric, "text", None)["weeks"][0]["alpha"]["value"] for rubric in ("other@1", "small@1")]
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
    [group] = agreement_report(project, resamples=None)["groups"]
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
def test_groups_are_the_judged_responses_by_the_columns(varied: Project, by: list[str], expected: Any) -> None:
    parts = agreement_report(varied, by, resamples=None)["groups"]
    assert [(group["by"], group["criteria"][0]["items"]) for group in parts] == expected


@pytest.mark.parametrize(("responses", "reason"), [(30, None), (29, "fewer than 30 responses of the group have two ratings")])
def test_a_group_has_the_figures_of_its_responses_alone_and_no_icc_of_fewer_than_30(responses: int, reason: str | None) -> None:
    project = make_project(overlap=2)
    levels = [[1 + number % 5, 1 + number % 4] for number in range(responses)]
    judged(project, [*levels, [6, 1]], names=("ana", "bo"))
    Response.objects.filter(query__external_id=f"PBL-{responses + 1:04}").update(system="other")
    [_other, of_system] = agreement_report(project, ["system"], Resamples(number=100))["groups"]
    parts = [part.part(part.about["system"] == "system-a") for part in rating_matrices(project)]
    [alone] = groups(parts, [], Resamples(number=100))
    text, expected = of_system["criteria"][0], alone["criteria"][0]
    del expected["label"]  # of the labels of a whole project
    if reason:
        without: dict[str, Any] = {
            "value": None,
            "n": responses,
            "reason": reason,
            "low": None,
            "high": None,
            "no_interval": None,
        }
        without |= {"two_way": {"low": None, "high": None, "no_interval": None}}
        expected |= {"icc_single": without, "icc_mean": without}
    assert (of_system["by"], text) == ({"system": "system-a"}, expected)


def test_unknown_columns_are_refused(varied: Project) -> None:
    with pytest.raises(Refused) as refused:
        agreement_report(varied, ["system", "annotator", "colour"])
    assert str(refused.value) == "by: annotator, colour is none of category, field, subfield, system, round, week"
    assert len(GROUPINGS) == 6


def test_without_judgements_there_are_no_groups_by_columns_and_only_reasons_in_the_whole() -> None:
    project = make_project()
    judged(project, [[None]])
    assert agreement_report(project, ["system"])["groups"] == []
    assert [row["alpha"]["reason"] for row in rows_of(project).values()] == ["nothing has been rated"] * 4
    assert agreement_report(make_project(slug="empty", rubrics=["small@1"])) == {
        "project": "empty",
        "groups": [{"by": {}, "criteria": []}],
        "not_independent": 0,
        "labels": [],
        "fair": [],
        "warnings": [],
        "annotators": [],
        "pairs": [],
        "confusions": [],
    }


def test_more_groups_than_a_page_waits_for_are_refused_also_where_they_are_computed_already() -> None:
    project = make_project()
    judged(project, [[1, 2, 3], [4, 5, 6], [1, 1, 1]])
    for number, response in enumerate(Response.objects.all()):
        Response.objects.filter(pk=response.pk).update(system=f"system-{number}")
    refused = r"^by: these columns make more than 2 groups; choose fewer, or use the command$"
    with pytest.raises(Refused, match=refused):
        agreement_report(project, ["system"], None, most_groups=2)
    assert len(agreement_report(project, ["system"], None)["groups"]) == 3
    with pytest.raises(Refused, match=refused):
        agreement_report(project, ["system"], None, most_groups=2)
    assert len(agreement_report(project, ["system"], None, most_groups=3)["groups"]) == 3
