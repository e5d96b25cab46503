"""A label's feedback is the adjudicator's where there is one, else that of the judgements that it rests on."""

from typing import Any

import pytest
from django.utils import timezone

from annotation.flow.judgements import Purpose, read_matrices
from annotation.flow.labels import labels
from annotation.flow.release.feedback import own_score, read_feedback
from annotation.models import Adjudication, CaseReview, Project, Revision, Rules, Task, User
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


def fitting(project: Project, seed: int = 0) -> list[str | None]:
    read, names = read_feedback(project, seed), dict(User.objects.values_list("pk", "username"))
    return [read.fitting(label, names) for label in labels(project)]


def said(level: int, feedback: str = "") -> dict[str, Any]:
    return body(text=level, feedback=feedback)


def test_feedback_fits_where_the_own_overall_of_who_wrote_it_is_the_score() -> None:
    project = make_project()
    judged(
        project,
        [
            [said(4, "Good."), said(5, "Better."), said(4)],  # 13/3 is 4
            [said(4), said(5, "Better."), said(4)],
            [said(4), said(5), said(4)],
            [said(4), said(4, "Good."), body(text=5, penalties=["harm"], feedback="Loud.")],  # its own overall is 4
        ],
    )
    Rules.objects.update(penalties=False)
    project = Project.objects.get()
    assert fitting(project)[:3] == ["Good.", None, None]
    assert {fitting(project, seed)[3] for seed in range(8)} == {"Good.", "Loud."}


def test_the_choice_of_several_is_stable_and_no_annotators_alone() -> None:
    project = make_project()
    judged(project, [[said(4, "ana"), said(4, "bo"), said(4, "chen")]] * 12)
    chosen = fitting(project)
    assert chosen == fitting(project)
    assert set(chosen) == {"ana", "bo", "chen"}
    assert chosen != fitting(project, seed=1)


def test_an_overall_that_a_float_puts_below_a_half_is_rounded_as_the_half() -> None:
    project = make_project()
    judged(project, [[4, 4, 4]])
    (label,) = labels(project)
    assert [own_score(label, overall) for overall in (3.5 - 2**-50, 3.4999, 4.2, None)] == [4, 3, 4, None]


def test_the_adjudicators_feedback_fits_and_else_an_annotators_by_their_own_overall() -> None:
    project = make_project()
    good = [said(4, "Good."), said(5, "Better."), said(4, " ")]
    written, silent, blank = judged(project, [SAID, good, good])
    decided(written, feedback="Fair.")
    decided(silent)
    decided(blank, feedback="\n ")
    assert fitting(project) == ["Fair.", "Good.", "Good."]
