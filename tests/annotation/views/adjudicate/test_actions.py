"""The posts of the adjudicator's page: drafts, blind scores, decisions and other ways, for scripts and without."""

from typing import Any

import pytest
from django.test import Client

from annotation.flow import adjudicate
from annotation.models import Adjudication, Assignment, CaseReview, Decision, Draft, Project, SentBack, User
from tests.annotation.flow.adjudicate.cases import started
from tests.annotation.views.scoring_page import SCRIPT, start_of, text
from tests.factories import judged, make_member

pytestmark = pytest.mark.django_db
FACTS = SCRIPT | {"Accept": "application/json, text/html;q=0.9"}
DECISION = {"phase": "decision", "score-text": "4", "cause-text": "slip", "shared_reason": "They slipped."}


@pytest.fixture
def case(project: Project, ada: User) -> Adjudication:
    judged(project, [[1, 6, 4], [1, 6, 4]])
    return started(project, ada)


@pytest.fixture
def revealed(case: Adjudication, ada: User) -> Adjudication:
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 3})
    return case


def drafts() -> list[Any]:
    return list(Draft.objects.values_list("content", flat=True))


def test_a_draft_is_kept_by_script_and_by_button(page: Client, case: Adjudication) -> None:
    address = f"/adjudications/{case.pk}/draft/"
    saved = page.post(address, {"phase": "blind", "score-text": "2", "draft_version": "0"}, headers=FACTS)
    assert (saved.status_code, saved.json()["version"]) == (200, 1)
    answer = page.post(address, {"phase": "blind", "score-text": "5"})
    assert (answer.status_code, answer["Location"]) == (302, f"/adjudications/{case.pk}/")
    assert drafts() == [{"phase": "blind", "scores": {"text": 5}}]


def test_another_pages_draft_is_not_overwritten_but_offered_as_entries(page: Client, case: Adjudication) -> None:
    address = f"/adjudications/{case.pk}/draft/"
    page.post(address, {"phase": "blind", "score-text": "2", "draft_version": "0"}, headers=FACTS | {"X-Page": "one/1"})
    late = page.post(address, {"phase": "blind", "score-text": "6", "draft_version": "0"}, headers=FACTS | {"X-Page": "two/1"})
    assert (late.status_code, late.json()["draft"]) == (412, [["score-text", "2"]])
    assert drafts() == [{"phase": "blind", "scores": {"text": 2}}]
    submitted = page.post(f"/adjudications/{case.pk}/unseen/", {"phase": "blind", "score-text": "6", "draft_version": "0"})
    assert submitted.status_code == 412
    assert "this response was changed on another page" in text(submitted)


def test_a_form_of_the_blind_phase_is_no_draft_of_the_decision(page: Client, revealed: Adjudication) -> None:
    answer = page.post(f"/adjudications/{revealed.pk}/draft/", {"phase": "blind", "score-text": "6"}, headers=FACTS)
    assert (answer.status_code, answer.json()) == (409, {"detail": "You have scored this response blind already."})
    assert drafts() == []


def test_blind_scores_reveal_and_a_decision_opens_the_next_case(page: Client, case: Adjudication, ada: User) -> None:
    missing = page.post(f"/adjudications/{case.pk}/unseen/", {"phase": "blind"}, headers=FACTS)
    assert (missing.status_code, missing.json()["fields"]) == (400, {"scores.text": "Choose a level."})
    shown = page.post(f"/adjudications/{case.pk}/unseen/", {"phase": "blind", "score-text": "3"}, headers=SCRIPT)
    assert (start_of(shown), shown.context["phase"]) == ("title", "decision")
    incomplete = page.post(f"/adjudications/{case.pk}/decide/", {"phase": "decision", "score-text": "4"})
    assert (incomplete.status_code, incomplete.context["faults"]) == (
        400,
        {"cause.text": "Choose why they differed.", "shared_reason": "Give a reason."},
    )
    following = page.post(f"/adjudications/{case.pk}/decide/", DECISION, headers=SCRIPT)
    review = CaseReview.objects.held().get(adjudicator=ada)
    assert (review.adjudication_id != case.pk, following["HX-Push-Url"]) == (True, f"/adjudications/{review.adjudication_id}/")
    query = review.adjudication.task.response.query.external_id
    assert [str(message) for message in following.context["messages"]] == [f"Decided. Next: a response to {query}."]
    decision = Decision.objects.get(adjudication=case)
    assert (decision.answer, decision.cause, decision.reason) == (4, "slip", "They slipped.")


def test_a_decision_that_is_sent_twice_with_one_key_counts_once(page: Client, revealed: Adjudication) -> None:
    form = DECISION | {"idempotency_key": "once"}
    addresses = {page.post(f"/adjudications/{revealed.pk}/decide/", form)["Location"] for _time in range(2)}
    assert len(addresses) == 1
    assert Adjudication.objects.decided().count() == 1


@pytest.mark.parametrize(
    ("way", "fault"),
    [
        ({}, "Choose one of the ways."),
        ({"way": "skip"}, "Say why you skip it."),
        ({"way": "hand_over", "way_to": "nobody"}, "Choose another adjudicator of this project."),
        ({"way": "send_back", "way_annotator": "A"}, "Write what the annotator should look at."),
        ({"way": "ask_further"}, "Every annotator of the project has scored or skipped this response."),
        ({"way": "unusable"}, "Say why it is unusable."),
    ],
)
def test_what_a_way_needs_is_said_and_what_stands_in_the_form_stays(
    page: Client, revealed: Adjudication, way: dict[str, str], fault: str
) -> None:
    answer = page.post(f"/adjudications/{revealed.pk}/leave/", DECISION | way)
    [row] = answer.context["criteria"]
    assert (answer.status_code, answer.context["faults"], row["cause"]) == (400, {"way": fault}, "slip")


def test_each_way_leaves_the_case_and_opens_the_next(page: Client, revealed: Adjudication, project: Project, ada: User) -> None:
    make_member(project, "dara")
    answer = page.post(
        f"/adjudications/{revealed.pk}/leave/", {"way": "send_back", "way_annotator": "B", "way_words": "Look at block 2."}
    )
    assert SentBack.objects.get().note == "Look at block 2."
    following = CaseReview.objects.held().get(adjudicator=ada).adjudication_id
    assert (answer["Location"], following != revealed.pk) == (f"/adjudications/{following}/", True)
    adjudicate.score_blind(case=following, by=ada, answers={"text": 3})
    page.post(f"/adjudications/{following}/leave/", {"way": "ask_further"})
    assert Assignment.objects.filter(reason="after_dispute").count() == 1
    assert list(CaseReview.objects.order_by("pk").values_list("ending", flat=True)) == ["sent_back", "further"]
    gone = page.get(f"/adjudications/{revealed.pk}/")
    assert (gone.status_code, "You sent it back to an annotator." in text(gone)) == (409, True)


def test_what_was_sent_back_is_called_back_and_opens_again(page: Client, revealed: Adjudication, project: Project) -> None:
    page.post(f"/adjudications/{revealed.pk}/leave/", {"way": "send_back", "way_annotator": "B", "way_words": "Look at block 2."})
    held = CaseReview.objects.held().get()
    page.post(f"/adjudications/{held.adjudication_id}/leave/", {"way": "skip", "way_words": "Later."})
    address = f"/adjudications/{revealed.pk}/call-back/"
    assert f'action="{address}"' in page.get(f"/adjudications/{revealed.pk}/").text
    answer = page.post(address, follow=True)
    assert answer.redirect_chain == [(f"/adjudications/{revealed.pk}/", 302)]
    assert "Called back." in text(answer)
    page.post(f"/adjudications/{revealed.pk}/leave/", {"way": "skip", "way_words": "Later."})
    gone = page.get(f"/adjudications/{revealed.pk}/")
    assert (gone.status_code, f'action="{address}"' in gone.text) == (409, False)
    assert page.post(address).status_code == 404  # their part ended in another way


def test_a_case_is_handed_over_and_taken_back(page: Client, case: Adjudication, project: Project, ada: User) -> None:
    make_member(project, "ben", "adjudicator")
    page.post(f"/adjudications/{case.pk}/leave/", {"way": "hand_over", "way_to": "ben", "way_words": "Your field."})
    case.refresh_from_db()
    assert str(case.reserved_for) == "ben"
    following = CaseReview.objects.held().get(adjudicator=ada).adjudication_id
    page.post(f"/adjudications/{following}/leave/", {"way": "unusable", "way_words": "The images are missing."})
    assert Adjudication.objects.get(pk=following).outcome == "unusable"
    page.post(f"/adjudications/{case.pk}/take-back/")
    assert CaseReview.objects.held().get(adjudicator=ada).adjudication_id == case.pk


def test_nobody_else_acts_on_a_case(client: Client, case: Adjudication, project: Project) -> None:
    client.force_login(make_member(project, "ben", "adjudicator"))
    for step in ("draft", "unseen", "decide", "leave", "take-back", "call-back", "reopen", "comment"):
        answer = client.post(f"/adjudications/{case.pk}/{step}/", DECISION | {"way": "skip", "way_words": "x"})
        assert answer.status_code == 404, step
    assert CaseReview.objects.held().count() == 1
