"""The form is filled with the draft of its phase, and offers what goes with it."""

from typing import Any

import pytest
from django.test import Client

from annotation.flow import adjudicate
from annotation.models import Project, User
from annotation.views.adjudicate.form import with_ranges
from tests.annotation.flow.adjudicate.cases import settle, started, with_rules
from tests.annotation.views.scoring_page import scores
from tests.factories import judged, make_member

pytestmark = pytest.mark.django_db
HARM: list[Any] = [{"text": 1, "penalties": ["harm"]}, 6, 4]


def test_a_draft_of_the_blind_phase_never_fills_the_decision(page: Client, project: Project, ada: User) -> None:
    judged(project, [[1, 6, 4]])
    case = started(project, ada)
    adjudicate.save_draft(case=case.pk, by=ada, body={"phase": "blind", "scores": {"text": 6}})
    assert scores(page.get(f"/adjudications/{case.pk}/")) == {"text": 6}
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 3})
    assert scores(page.get(f"/adjudications/{case.pk}/")) == {"text": 3}
    body = {"phase": "decision", "decisions": {"text": {"score": 5, "cause": "slip", "reason": "R"}}, "feedback": "F"}
    adjudicate.save_draft(case=case.pk, by=ada, body=body)
    context = page.get(f"/adjudications/{case.pk}/").context
    [row] = context["criteria"]
    assert (row["score"], row["cause"], row["reason"], context["reason"], context["feedback"]) == (5, "slip", "", "R", "F")


def test_reasons_used_before_and_other_deciders_are_offered(page: Client, project: Project, ada: User) -> None:
    judged(project, [[1, 6, 4], [1, 6, 4]])
    make_member(project, "ben", "adjudicator")
    make_member(project, "lea", "manager")
    settle(started(project, ada), ada, {"text": 4})
    case = started(project, ada)
    blind = page.get(f"/adjudications/{case.pk}/").context
    assert [way["value"] for way in blind["ways"]] == ["skip", "hand_over", "unusable"]
    assert (blind["reasons"], [user.username for user in blind["deciders"]]) == ([], ["ben"])
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 3})
    context = page.get(f"/adjudications/{case.pk}/").context
    assert context["reasons"] == ["a slip"]
    assert [way["value"] for way in context["ways"]] == ["send_back", "ask_further", "skip", "hand_over", "unusable"]


def test_only_the_keys_of_the_phase_and_its_criteria_are_there(page: Client, project: Project, ada: User) -> None:
    judged(project, [HARM])
    case = started(project, ada)
    blind = page.get(f"/adjudications/{case.pk}/").context["keys"]
    assert [name for name in ("penalty_1", "penalty_2", "cause_1", "reason", "na", "submit") if name in blind] == [
        "penalty_1",
        "submit",
    ]
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 3, "harm": False})
    keys = page.get(f"/adjudications/{case.pk}/").context["keys"]
    assert [keys[f"cause_{number}"] for number in range(1, 5)] == ["g", "j", "k", "l"]


def test_ones_own_score_stands_against_the_range_of_theirs() -> None:
    criteria = [{"key": "text", "kind": "rated"}, {"key": "harm", "kind": "penalty"}, {"key": "haste", "kind": "penalty"}]
    rows = with_ranges(criteria, [{"scores": {"text": 2}}, {"scores": {"text": 5}}], {"text": 3, "harm": False})
    assert [(row["against"], row["command"]) for row in rows] == [
        ("yours 3 · range 3", ""),
        ("yours does not apply", "penalty_1"),
        ("", "penalty_2"),
    ]


def test_no_cause_is_asked_where_the_annotators_gave_the_same(page: Client, project: Project, ada: User) -> None:
    judged(project, [[{"text": 2, "images": "na"}] * 3])
    case = started(with_rules(project, undisputed_share=1), ada)
    asked = [decision.criterion.key for decision in case.decisions.all()]
    adjudicate.score_blind(case=case.pk, by=ada, answers={key: {"text": 6, "images": "na", "harm": False}[key] for key in asked})
    response = page.get(f"/adjudications/{case.pk}/")
    assert [row["same"] for row in response.context["criteria"]] == [True] * len(asked)
    assert 'name="cause-' not in response.content.decode()
    assert [name for name in response.context["keys"] if name.startswith("cause_")] == []
    form = {f"score-{key}": {"text": "6", "images": "na", "harm": "no"}[key] for key in asked} | {"shared_reason": "Level 6."}
    assert page.post(f"/adjudications/{case.pk}/decide/", form | {"phase": "decision"}).status_code == 302
    assert [(one.cause, one.reason) for one in case.decisions.all()] == [("", "Level 6.")] * len(asked)
