"""Of all that was submitted, the report counts first, independent judgements of study tasks."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from annotation.agreement import alpha
from annotation.flow import adjudicate
from annotation.flow.agree import agreement_report
from annotation.flow.score import revise
from annotation.models import Annotation, Assignment, Project, Revision, Rules, Task, User
from tests.factories import body, judge, judged, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


def rows_of(project: Project, **options: Any) -> dict[str, dict[str, Any]]:
    [group] = agreement_report(project, **options)["groups"]
    return {row["criterion"]: row for row in group["criteria"]}


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
    Rules.objects.filter(project=project).update(undisputed_share=0)
    project.refresh_from_db()
    ada = make_member(project, "ada", "adjudicator")
    review = adjudicate.claim(project=project, by=ada)
    assert review is not None
    case = review.adjudication
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 6})
    decision = {"score": 6, "cause": "slip", "reason": "a slip"}
    adjudicate.decide(case=case.pk, by=ada, decisions={"text": decision})


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
    report = agreement_report(project)
    assert report["groups"] == before["groups"]
    assert [{**row, "judgements": 0} for row in report["annotators"]] == [
        {**row, "judgements": 0} for row in before["annotators"]
    ]
    assert (report["pairs"], report["confusions"]) == (before["pairs"], before["confusions"])
    assert counted < Revision.objects.count() or what == "a decision"


@pytest.mark.parametrize("what", [name for name in MORE if name != "a decision"])
def test_each_of_these_would_change_the_figure_if_it_counted(what: str) -> None:
    """With everything taken in that anybody said of a response, alpha is another: the test above would see it."""
    project = make_project(overlap=2)
    tasks = judged(project, [[1, 4], [5, 5], [2, 3], [6, 5]], names=("ana", "bo"))
    before = rows_of(project)["text"]["alpha"]["value"]
    MORE[what](project, tasks)
    newest = [annotation.revisions.order_by("-number")[0] for annotation in Annotation.objects.order_by("pk")]
    names = sorted({revision.annotation.annotator.username for revision in newest})
    at = sorted({revision.annotation.task_id for revision in newest})
    ratings = np.full((len(names), len(at)), np.nan)
    for revision in newest:
        level = revision.scores.get(criterion__key="text").level
        assert level
        ratings[names.index(revision.annotation.annotator.username), at.index(revision.annotation.task_id)] = level.value
    assert alpha(ratings, level="ordinal", scale=range(1, 7)).value != pytest.approx(before, abs=0.01)
