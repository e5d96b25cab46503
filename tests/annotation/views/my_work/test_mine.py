"""An annotator's own work, on one page: what was scored, what is kept, what came back."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from annotation.flow import adjudicate, score
from annotation.flow.adjudicate.letters import annotations_by_letter
from annotation.flow.score import revise
from annotation.flow.setup.workspace import change_workspace
from annotation.models import Assignment, Project, User
from tests.factories import body, judge, judged, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project(overlap=2)


@pytest.fixture
def ana(project: Project) -> User:
    judged(project, [[4, 2]], names=("ana", "bo"))
    return User.objects.get(username="ana")


def page(client: Client, user: User) -> str:
    client.force_login(user)
    return " ".join(unescape(client.get("/projects/study/mine/").text).split())


def test_it_lists_what_i_scored_with_the_overall_and_how_it_comes_about(client: Client, ana: User, project: Project) -> None:
    load(project, [record(2)])
    [task] = project.tasks.filter(response__query__external_id="PBL-0002")
    judge(task, ana, text=5, penalties=["harm"])
    text = page(client, ana)
    assert ("2 responses scored by you." in text, "mean 5, less 1 for Harm" in text, "the mean" in text) == (True, True, True)


def test_it_tells_nothing_of_others(client: Client, ana: User, project: Project) -> None:
    bo = User.objects.get(username="bo")
    slot = Assignment.objects.get(annotator=bo)
    revise.revise(assignment=slot.pk, by=bo, body=body(text=1, feedback="bo's own words"))
    revise.send_back(annotation=slot.annotation, by=make_member(project, "lea", "manager"), note="for bo alone")
    text = page(client, ana)
    assert [word for word in ("mean 2", "mean 1", "bo", "for bo alone", "own words", "system-a") if f" {word} " in text] == []
    assert f"/assignments/{slot.pk}/" not in text


def test_what_came_back_stands_first_with_its_note_until_it_is_answered(client: Client, ana: User, project: Project) -> None:
    slot = Assignment.objects.get(annotator=ana)
    revise.send_back(annotation=slot.annotation, by=make_member(project, "lea", "manager"), note="Look at step 2.")
    before = page(client, ana)
    revise.revise(assignment=slot.pk, by=ana, body=body(text=5))
    after = page(client, ana)
    assert ("Look at step 2." in before, ">returned<" in before) == (True, True)
    assert ("Look at step 2." in after, ">returned<" in after, "revision 2" in after) == (False, False, True)


def test_a_draft_says_what_became_of_its_response(client: Client, ana: User, project: Project) -> None:
    load(project, [record(2), record(3), record(4)])
    skipped = score.claim(project=project, by=ana)
    assert skipped
    score.save_draft(assignment=skipped.pk, by=ana, body={"scores": {"text": 1}})
    score.skip(assignment=skipped.pk, by=ana, kind="conflict", reason="")
    taken = score.claim(project=project, by=ana)
    assert taken
    score.save_draft(assignment=taken.pk, by=ana, body={"scores": {"text": 2}})
    lose(taken, "chen")
    held = score.claim(project=project, by=ana)
    assert held
    score.save_draft(assignment=held.pk, by=ana, body={"scores": {"text": 3}})
    text = page(client, ana)
    assert f'action="/assignments/{skipped.pk}/take-up/"' not in text  # another response is open
    said = ["you can continue it when no other response is open", "your time ran out, and someone else has taken it", ">open</a>"]
    assert [words for words in said if words in text] == said


def test_what_i_gave_back_can_be_taken_up_again(client: Client, ana: User, project: Project) -> None:
    load(project, [record(2)])
    slot = score.claim(project=project, by=ana)
    assert slot
    score.save_draft(assignment=slot.pk, by=ana, body={"scores": {"text": 1}})
    score.skip(assignment=slot.pk, by=ana, kind="conflict", reason="")
    assert f'action="/assignments/{slot.pk}/take-up/"' in page(client, ana)
    client.post(f"/assignments/{slot.pk}/take-up/")
    slot.refresh_from_db()
    assert slot.annotator == ana


def test_what_is_blurred_where_it_is_read_is_not_quoted(client: Client, ana: User, project: Project) -> None:
    before = page(client, ana)
    change_workspace(project=project, by=None, changes={"blur": "always"})
    assert ("Answer 1" in before, "Answer 1" in page(client, ana)) == (True, False)


def test_it_says_how_much_is_left_and_offers_no_next_response_where_none_is(client: Client, ana: User, project: Project) -> None:
    load(project, [record(2)])
    told = lambda: [words in page(client, ana) for words in ("Up to 1 left for you.", "Score the next response", NOTHING_LEFT)]  # noqa: E731
    assert told() == [True, True, False]
    slot = score.claim(project=project, by=ana)
    assert slot
    assert told() == [True, False, False]
    score.submit(assignment=slot.pk, by=ana, body=body())
    assert told() == [False, False, True]
    client.force_login(ana)
    home = client.get("/projects/study/").text
    assert [words in home for words in ("left for you", "Score the next response", NOTHING_LEFT)] == [False, False, True]


NOTHING_LEFT = "No more responses to score here."


def lose(slot: Assignment, *takers: str) -> None:
    """Its lease runs out, and it and the task's other slots go to others."""
    Assignment.objects.filter(task=slot.task, annotator=None).delete()
    Assignment.objects.filter(pk=slot.pk).update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    for name in takers:
        taker = make_member(slot.project, name)
        while (taken := score.claim(project=slot.project, by=taker)) and taken.pk != slot.pk:
            score.submit(assignment=taken.pk, by=taker, body=body())


def test_what_an_adjudicator_returned_names_no_adjudicator(client: Client, project: Project) -> None:
    [task] = judged(project, [[6, 1]], names=("ana", "bo"))
    ada = make_member(project, "ada-adj", "adjudicator")
    review = adjudicate.claim(project=project, by=ada)
    assert review
    adjudicate.score_blind(case=review.adjudication_id, by=ada, answers={"text": 3})
    for letter in ("A", "B"):  # whoever of the two ana is
        if annotations_by_letter(review.adjudication)[letter].annotator.username == "ana":
            adjudicate.send_back(case=review.adjudication_id, by=ada, annotator=letter, note="Look at step 2.")
    ana = User.objects.get(username="ana")
    slot = Assignment.objects.get(task=task, annotator=ana)
    before = page(client, ana)
    pages = [before, *(client.get(f"/assignments/{slot.pk}/{end}").content.decode() for end in ("", "revise/"))]
    for shown in pages:
        assert ("Look at step 2." in shown, "returned by an adjudicator, " in shown, "ada-adj" in shown) == (True, True, False)
