"""Which revisions a matrix takes: the first and independent ones for agreement, for labels the newest of every annotator."""

import pytest

from annotation.flow.judgements import Purpose, read_judgements, read_matrices
from annotation.flow.score import revise
from annotation.models import Assignment, Project, Revision, Rules, User
from tests.annotation.flow.judgements.test_reader import nested
from tests.factories import body, judged, make_project

pytestmark = pytest.mark.django_db


def label_ratings(project: Project, tasks: list[int] | None = None) -> list[list[float | None]]:
    [matrix] = read_matrices(project, tasks, Purpose.LABELS)
    return nested(matrix.values["text"])


def test_labels_take_the_newest_revision_and_those_asked_for_after_a_dispute() -> None:
    project = make_project()
    tasks = judged(project, [[4, 2, 3], [1, 1, 1]])
    ana = User.objects.get(username="ana")
    slot = Assignment.objects.get(annotator=ana, task=tasks[0])
    for text in (5, 6):
        revise.revise(assignment=slot.pk, by=ana, body=body(text=text))
    Assignment.objects.filter(annotator__username="bo", task=tasks[0]).update(reason="after_dispute")
    judgements = read_judgements(project)
    [first], [newest] = judgements.matrices(Purpose.AGREEMENT), judgements.matrices(Purpose.LABELS)
    assert (nested(first.values["text"]), first.revised.any()) == ([[4, 1], [None, 1], [3, 1]], False)
    assert (nested(newest.values["text"]), newest.revised.tolist()) == (
        [[6, 1], [2, 1], [3, 1]],
        [[True, False], [False, False], [False, False]],
    )
    of_ana = Revision.objects.filter(annotation__annotator=ana, annotation__task=tasks[0]).order_by("number")
    assert (first.revisions[0, 0], newest.revisions[0, 0]) == (of_ana[0].pk, of_ana[2].pk)
    assert first.complete.tolist() == newest.complete.tolist() == [True, True]
    Rules.objects.filter(project=project).update(labels_from="first")
    assert label_ratings(Project.objects.get(pk=project.pk)) == [[4, 1], [2, 1], [3, 1]]
