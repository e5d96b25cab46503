"""The largest disagreements are listed with what people said, and count as shown."""

import pytest

from annotation.flow.check import worst_disagreements
from annotation.models import Rules, Scorer, ScoresShown
from tests.annotation.flow.check.scorer_files import keep
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db


def test_the_largest_error_comes_first_and_what_is_listed_is_recorded() -> None:
    project = make_project()
    tasks = judged(project, [[4, 4, 5], [2, 2, 2], [5, 5, 5], [1, 1, 1]])
    lea = make_member(project, "lea", "manager")
    scorer = keep(project, (1, 4), (2, 2), (3, 2), (4, "none")).scorer
    worst = worst_disagreements(scorer, to=lea)
    assert worst is not None
    first, second = worst
    assert (first.task, first.query, first.system, first.ratings) == (tasks[2].pk, "PBL-0003", "system-a", (5.0, 5.0, 5.0))
    assert (first.label, first.score, first.error) == (5.0, 2.0, -3.0)
    assert (second.task, second.error) == (tasks[0].pk, pytest.approx(-1 / 3))
    assert set(ScoresShown.objects.filter(user=lea).values_list("task", flat=True)) == {tasks[0].pk, tasks[2].pk}


def test_who_may_decide_is_shown_none() -> None:
    project = make_project()
    judged(project, [[4, 4, 5]])
    scorer = keep(project, (1, 1)).scorer
    Rules.objects.filter(project=project).update(deciders="managers")
    assert worst_disagreements(Scorer.objects.get(pk=scorer.pk), to=make_member(project, "lea", "manager")) is None
    assert not ScoresShown.objects.exists()
