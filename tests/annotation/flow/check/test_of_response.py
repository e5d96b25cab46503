"""A response's page has what scorers say of it, which counts as shown, judged or not."""

import pytest

from annotation.flow.check import scorers_on, withdraw
from annotation.models import Rules, ScoresShown
from tests.annotation.flow.check.scorer_files import keep
from tests.factories import make_member, make_project, responses

pytestmark = pytest.mark.django_db


def test_each_standing_scorer_has_its_runs_and_their_mean() -> None:
    project = make_project()
    tasks = responses(project, 2)
    lea = make_member(project, "lea", "manager")
    keep(project, (1, 4, "a"), (1, 5, "b"), columns="id,model,score,run", scorer="judge")
    withdraw(scorer=keep(project, (1, 1), scorer="gone").scorer, reason="Wrong.")
    keep(project, (1, "none"), scorer="mute")
    [said] = scorers_on(tasks[0], to=lea)
    assert (said.scorer.name, said.runs, said.mean) == ("judge", ((1, 4.0), (2, 5.0)), 4.5)
    assert list(ScoresShown.objects.filter(user=lea).values_list("task", flat=True)) == [tasks[0].pk]


def test_a_response_without_a_score_shows_nothing() -> None:
    project = make_project()
    [task] = responses(project)
    assert scorers_on(task, to=make_member(project, "lea", "manager")) == []
    assert not ScoresShown.objects.exists()


def test_who_may_decide_is_shown_nothing() -> None:
    project = make_project()
    Rules.objects.filter(project=project).update(deciders="managers")
    project.refresh_from_db()
    [task] = responses(project)
    keep(project, (1, 4), scorer="judge")
    assert scorers_on(task, to=make_member(project, "lea", "manager")) == []
    assert not ScoresShown.objects.exists()
