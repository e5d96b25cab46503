"""The page of a case is that of its state, and only for who has a part in it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotation.flow import adjudicate
from annotation.models import CaseReview, Project, User
from tests.annotation.flow.adjudicate.cases import settle, started
from tests.annotation.views.adjudicate.test_actions import FACTS
from tests.annotation.views.scoring_page import text
from tests.factories import judged, make_member

pytestmark = pytest.mark.django_db


def test_a_case_is_scored_blind_then_decided_then_shown_as_decided(page: Client, project: Project, ada: User) -> None:
    judged(project, [[{"text": 1, "feedback": "Too short."}, 6, 4]])
    case = started(project, ada)
    blind = page.get(f"/adjudications/{case.pk}/")
    assert blind.context["phase"] == "blind"
    assert [word for word in ("Annotator A", "Too short.", "disputed", "Gap in the rubric") if word in text(blind)] == []
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 3})
    revealed = page.get(f"/adjudications/{case.pk}/")
    assert revealed.context["phase"] == "decision"
    assert [
        word for word in ("Annotator C", "Too short.", "yours 3 · range 5", "Gap in the rubric") if word not in text(revealed)
    ] == []
    decisions = {"text": {"score": 4, "cause": "slip", "reason": "They slipped."}}
    adjudicate.decide(case=case.pk, by=ada, decisions=decisions)
    decided = text(page.get(f"/adjudications/{case.pk}/"))
    assert [word for word in ("blind: 3", "They slipped.", "Annotator C", "Reopen") if word not in decided] == []


def test_a_case_that_lapsed_is_no_longer_ones_own_and_shows_nothing_of_the_response(
    page: Client, project: Project, ada: User
) -> None:
    judged(project, [[1, 6, 4]])
    case = started(project, ada)
    CaseReview.objects.update(lease_expires_at=timezone.now() - timedelta(minutes=1))
    ben = make_member(project, "ben", "adjudicator")
    assert adjudicate.claim(project=project, by=ben)
    settle(case, ben, {"text": 4})
    answer = page.get(f"/adjudications/{case.pk}/")
    assert (answer.status_code, "Answer 1" in text(answer)) == (409, False)
    assert "Your time ran out." in text(answer)


@pytest.mark.parametrize("revealed", [False, True])
def test_what_was_written_for_a_case_that_somebody_else_decided_is_kept_and_shown(
    page: Client, project: Project, ada: User, revealed: bool
) -> None:
    judged(project, [[1, 6, 4]])
    case = started(project, ada)
    if revealed:
        adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 3})
    CaseReview.objects.update(lease_expires_at=timezone.now() - timedelta(minutes=1))
    ben = make_member(project, "ben", "adjudicator")
    settle(started(project, ben), ben, {"text": 4})
    form = {"score-text": "5", "cause-text": "slip", "shared_reason": "They <b> slipped.", "feedback": "Say more."}
    sent = form | {"phase": "decision"} if revealed else {"score-text": "5", "phase": "blind"}
    answer = page.post(f"/adjudications/{case.pk}/draft/", sent, headers=FACTS)
    assert (answer.status_code, answer.json()["detail"]) == (409, "This response is decided already. What you wrote is kept.")
    shown = page.get(f"/adjudications/{case.pk}/")
    own = {"title": "Text", "answer": 5, "cause": "slip" if revealed else "", "reason": "They <b> slipped." if revealed else ""}
    assert shown.context["kept"] == {"lines": [own], "feedback": "Say more." if revealed else ""}
    assert ("What you had not submitted" in text(shown), "data-submitted" in shown.text) == (True, False)


def test_nobody_else_finds_a_case(client: Client, project: Project, ada: User) -> None:
    judged(project, [[1, 6, 4]])
    case = started(project, ada)
    for name, role in (("ben", "adjudicator"), ("lea", "manager"), ("ana", "annotator")):
        client.force_login(make_member(project, name, role))
        assert client.get(f"/adjudications/{case.pk}/").status_code == 404, name
