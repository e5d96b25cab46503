"""A label's feedback is the adjudicator's where there is one, else that of the judgements that it rests on."""

from typing import Any

import pytest
from django.utils import timezone

from annotation.flow.judgements import Purpose, read_matrices
from annotation.flow.release.feedback import read_feedback
from annotation.models import Adjudication, CaseReview, Project, Revision, Task
from tests.factories import body, judged, make_member, make_project

pytestmark = pytest.mark.django_db
SAID = [body(text=4, feedback="Dull."), body(text=4, feedback="Bright."), 4]


def decided(task: Task, *, second: bool = False, **more: Any) -> None:
    ada, now = make_member(task.project, "ada", "adjudicator"), timezone.now()
    case = Adjudication.objects.create(task=task, second=second, started_at=now)
    review = {"adjudication": case, "project": task.project, "adjudicator": ada, "claimed_at": now}
    CaseReview.objects.create(**review, revealed_at=now, ended_at=now, ending="decided")
    Adjudication.objects.filter(pk=case.pk).update(outcome="decided", decided_by=ada, decided_at=now, **more)


def feedback(project: Project) -> list[tuple[str, ...]]:
    read = read_feedback(project)
    return [read.of(task) for matrix in read_matrices(project, purpose=Purpose.LABELS) for task in matrix.columns]


def test_the_adjudicators_text_or_the_adopted_one_stands_alone() -> None:
    project = make_project()
    plain, written, adopted, second, silent = judged(project, [SAID] * 5)
    decided(written, feedback="Fair.")
    decided(adopted, adopted=Revision.objects.get(annotation__task=adopted, feedback="Bright."))
    decided(second, feedback="Never.", second=True)
    decided(silent)
    both = ("Bright.", "Dull.")
    assert feedback(project) == [both, ("Fair.",), ("Bright.",), both, both]
    assert plain.adjudications.count() == 0
