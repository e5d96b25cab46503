"""The annotator's page by a plain browser and by its script: the same address answers the page and its main part alone."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from annotation.flow import score
from annotation.flow.score import claims, revise
from annotation.models import Assignment, Draft, Event, Lapse, Project, Revision, Skip, User, Workspace
from tests.annotation.views.scoring_page import FORM, SCRIPT, held, scores, start_of, text
from tests.factories import claim_task, make_member, make_project, responses
from tests.markup import compact

pytestmark = pytest.mark.django_db

TOLD = ("1 response was returned to you with a note.", "Look at step 2.")


@pytest.fixture
def project() -> Project:
    return make_project(overlap=2)


@pytest.fixture
def ana(project: Project, client: Client) -> User:
    user = make_member(project, "ana")
    client.force_login(user)
    return user


def lapse(slot: Assignment, to: User | None = None) -> None:
    """The lease ran out; with `to`, somebody took the slot."""
    Assignment.objects.filter(pk=slot.pk).update(lease_expires_at=timezone.now() - timezone.timedelta(minutes=1))
    if to:
        [found] = claims.first_of(Assignment.objects.filter(pk=slot.pk), skip_locked=False)
        assert claims.take(found, slot.project, to)


def test_an_address_answers_the_page_to_a_browser_and_its_main_part_to_a_script(
    project: Project, ana: User, client: Client
) -> None:
    responses(project, 3)
    slot = held(project, ana)
    for address in (f"/assignments/{slot.pk}/", f"/assignments/{slot.pk}/skip/"):
        ask = client.post if "skip" in address else client.get
        assert (start_of(ask(address)), start_of(ask(address, headers=SCRIPT))) == ("!doctype html", "title")
        swap = {name: value for name, value in ask(address, headers=SCRIPT).headers.items() if name.startswith("HX-Re")}
        assert swap == {"HX-Retarget": "#main", "HX-Reselect": "#main", "HX-Reswap": "outerHTML settle:0s"}


def test_a_script_that_submits_gets_the_next_response_and_its_address_at_once(
    project: Project, ana: User, client: Client
) -> None:
    responses(project, 2)
    slot = held(project, ana)
    answer = client.post(f"/assignments/{slot.pk}/submit/", FORM | {"penalty": "harm"}, headers=SCRIPT)
    after = Assignment.objects.held().get(annotator=ana)
    assert (answer.status_code, answer["HX-Push-Url"], start_of(answer)) == (200, f"/assignments/{after.pk}/", "title")
    query = after.task.response.query.external_id
    assert f"Submitted. Overall 3 (mean 4, less 1 for Harm). Next: a response to {query}." in text(answer)
    assert "1 scored, up to 1 left for you" in text(answer)
    assert (
        f'mean 4, less 1 for Harm). Next: a response to {query}. <a href="/assignments/{slot.pk}/revise/">Revise that one</a>'
        in (compact(answer.content.decode()))
    )
    last = client.post(f"/assignments/{after.pk}/submit/", FORM, headers=SCRIPT)
    assert (last.status_code, last["HX-Push-Url"]) == (200, "/projects/study/annotate/")
    assert "Submitted. Overall 4 (the mean)." in text(last)
    assert "No more responses to score here." in text(last)


def test_a_browser_that_submits_is_sent_to_the_next_response_and_told_the_same(
    project: Project, ana: User, client: Client
) -> None:
    responses(project, 2)
    slot = held(project, ana)
    answer = client.post(f"/assignments/{slot.pk}/submit/", FORM, follow=True)
    after = Assignment.objects.held().get(annotator=ana)
    assert answer.redirect_chain == [(f"/assignments/{after.pk}/", 302)]
    assert "Submitted. Overall 4 (the mean). Next: a response to" in text(answer)
    last = client.post(f"/assignments/{after.pk}/submit/", FORM, follow=True)
    assert last.redirect_chain == [("/projects/study/annotate/", 302)]
    assert "No more responses to score here." in text(last)


def test_no_way_back_is_offered_where_nobody_may_revise(project: Project, ana: User, client: Client) -> None:
    responses(project, 2)
    Workspace.objects.filter(project=project).update(reopening=False)
    answer = client.post(f"/assignments/{held(project, ana).pk}/submit/", FORM, headers=SCRIPT)
    assert ("Submitted." in text(answer), "Revise that one" in text(answer)) == (True, False)


def test_the_last_response_in_somebody_elses_hands_may_come_back(client: Client) -> None:
    study = make_project(slug="alone", overlap=1)
    ana = make_member(study, "ana")
    client.force_login(ana)
    responses(study, 2)
    bo = make_member(study, "bo")
    slot = held(study, bo)
    answer = client.post(f"/assignments/{held(study, ana).pk}/submit/", FORM, headers=SCRIPT)
    words = ("One response is with somebody else; it may come back.", "No more responses to score here.")
    assert [one in text(answer) for one in words] == [True, False]
    score.submit(assignment=slot.pk, by=bo, body={"scores": {"text": 4, "images": "na"}})
    assert [one in text(client.get("/projects/alone/annotate/")) for one in words] == [False, True]


def test_what_is_wrong_comes_back_with_what_was_sent(project: Project, ana: User, client: Client) -> None:
    responses(project)
    slot = held(project, ana)
    answer = client.post(f"/assignments/{slot.pk}/submit/", {"score-text": "4", "feedback": "Half."}, headers=SCRIPT)
    assert (answer.status_code, start_of(answer)) == (400, "title")
    assert "Images : missing" in text(answer)
    assert re.search(r'value="4" checked', compact(answer.content.decode()))


def test_the_same_key_counts_once_and_shows_the_next_response_again(project: Project, ana: User, client: Client) -> None:
    responses(project, 2)
    slot = held(project, ana)
    first, again = (
        client.post(f"/assignments/{slot.pk}/submit/", FORM | {"idempotency_key": "k"}, headers=SCRIPT) for _time in range(2)
    )
    assert (first["HX-Push-Url"], Revision.objects.count()) == (again["HX-Push-Url"], 1)


def test_a_form_that_has_not_seen_the_draft_is_told_and_overwrites_nothing_until_it_is_sent_again(
    project: Project, ana: User, client: Client
) -> None:
    responses(project)
    slot = held(project, ana)
    score.save_draft(assignment=slot.pk, by=ana, body={"scores": {"text": 6}})
    for name in ("draft", "submit"):
        answer = client.post(f"/assignments/{slot.pk}/{name}/", FORM | {"draft_version": "0"})
        assert answer.status_code == 412
        assert "was changed on another page" in text(answer)
        assert '<input type="hidden" name="draft_version" value="1">' in answer.content.decode()
    assert Draft.objects.get().content["scores"] == {"text": 6}
    assert client.post(f"/assignments/{slot.pk}/submit/", FORM | {"draft_version": "1"}).status_code == 302
    assert Draft.objects.count() == 0


def test_what_was_submitted_is_shown_with_labels_and_the_overall(project: Project, ana: User, client: Client) -> None:
    responses(project)
    slot = held(project, ana)
    said = {"scores": {"text": 4, "images": "na"}, "penalties": ["harm"], "feedback": "Fine.", "notes": {"text": "See 2."}}
    said |= {"block_notes": [{"part": "response", "block": 1, "text": "Here."}], "errors": [{"type": "rambling", "block": 1}]}
    project.error_types.get_or_create(key="rambling", defaults={"title": "Rambling", "place": 9})
    score.submit(assignment=slot.pk, by=ana, body=said)
    answer = text(client.get(f"/assignments/{slot.pk}/"))
    for words in ("Overall 3 mean 4, less 1 for Harm", "Text 4 L4 See 2.", "Images Not applicable", "Harm Applies", "Fine."):
        assert words in answer
    for words in ("Error Rambling block 1", "response, block 1 Here.", "Answer 1", "Revise"):
        assert words in answer


def test_a_revision_begins_with_what_was_said_and_keeps_the_first_judgement(project: Project, ana: User, client: Client) -> None:
    responses(project)
    slot = held(project, ana)
    said = {"scores": {"text": 4, "images": "na"}, "penalties": ["harm"], "feedback": "Fine.", "active_seconds": 70}
    score.submit(assignment=slot.pk, by=ana, body=said)
    page = client.get(f"/assignments/{slot.pk}/revise/")
    content = page.content.decode()
    assert "Your first judgement is kept." in text(page)
    assert f'data-draft="/assignments/{slot.pk}/draft/"' in content
    assert re.findall(r'name="score-(\w+)" value="(\w+)" checked', compact(content)) == [("text", "4"), ("images", "na")]
    assert page.context["active_seconds"] == 0
    assert (f"/assignments/{slot.pk}/skip/" in content, 'name="revision" value="1"' in content) == (False, True)
    answer = client.post(f"/assignments/{slot.pk}/revise/", {"score-text": "5", "score-images": "na"}, headers=SCRIPT)
    assert (answer.status_code, answer["HX-Push-Url"]) == (200, f"/assignments/{slot.pk}/")
    assert "Revised; your first judgement is kept. Overall 5 (the mean)." in text(answer)
    assert [revision.number for revision in Revision.objects.order_by("number")] == [1, 2]


def test_a_note_with_which_it_came_back_stands_where_it_is_shown_and_revised(project: Project, ana: User, client: Client) -> None:
    responses(project)
    slot = held(project, ana)
    score.submit(assignment=slot.pk, by=ana, body={"scores": {"text": 4, "images": "na"}})
    revise.send_back(annotation=slot.annotation, by=make_member(project, "lea", "manager"), note="Look at step 2.")
    addresses = ("/projects/study/", f"/assignments/{slot.pk}/", f"/assignments/{slot.pk}/revise/")
    told = [words for address in addresses for words in TOLD if words in text(client.get(address))]
    revise.revise(assignment=slot.pk, by=ana, body={"scores": {"text": 5, "images": "na"}})
    after = [words for address in addresses for words in TOLD if words in text(client.get(address))]
    assert (told, after) == ([TOLD[0], TOLD[1], TOLD[1]], [])


def test_a_form_of_an_older_revision_is_told_and_stores_nothing(project: Project, ana: User, client: Client) -> None:
    responses(project)
    slot = held(project, ana)
    score.submit(assignment=slot.pk, by=ana, body={"scores": {"text": 4, "images": "na"}})
    answers = [client.post(f"/assignments/{slot.pk}/revise/", FORM | {"revision": "1"}) for _tab in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "You have revised this response on another page since. Nothing was overwritten." in text(answers[1])
    assert [revision.number for revision in Revision.objects.order_by("number")] == [1, 2]


def test_a_draft_of_a_revision_is_kept_and_shown_again(project: Project, ana: User, client: Client) -> None:
    responses(project)
    slot = held(project, ana)
    score.submit(assignment=slot.pk, by=ana, body={"scores": {"text": 4, "images": "na"}})
    answer = client.post(f"/assignments/{slot.pk}/draft/", {"score-text": "2", "draft_version": "0"})
    assert (answer.status_code, answer["Location"]) == (302, f"/assignments/{slot.pk}/revise/")
    assert scores(client.get(f"/assignments/{slot.pk}/revise/")) == {"text": 2}


def test_where_revising_is_not_allowed_the_page_says_so(project: Project, ana: User, client: Client) -> None:
    Workspace.objects.filter(project=project).update(reopening=False)
    responses(project)
    slot = held(project, ana)
    assert client.get(f"/assignments/{slot.pk}/revise/").status_code == 409
    score.submit(assignment=slot.pk, by=ana, body={"scores": {"text": 4, "images": "na"}})
    assert f"/assignments/{slot.pk}/revise/" not in client.get(f"/assignments/{slot.pk}/").content.decode()
    answer = client.post(f"/assignments/{slot.pk}/revise/", FORM)
    assert "This project does not let annotators revise what they have submitted." in text(answer)
    lea = make_member(project, "lea", "manager")
    revise.send_back(annotation=slot.annotation, by=lea, note="Look again.")
    assert client.get(f"/assignments/{slot.pk}/revise/").status_code == 200


def test_a_skipped_response_can_be_taken_up_again_with_its_draft(project: Project, ana: User, client: Client) -> None:
    responses(project)
    slot = held(project, ana)
    score.save_draft(assignment=slot.pk, by=ana, body={"scores": {"text": 6}})
    client.post(f"/assignments/{slot.pk}/skip/", {"kind": "conflict", "reason": ""})
    assert "you can continue it" in text(client.get(f"/assignments/{slot.pk}/"))
    answer = client.post(f"/assignments/{slot.pk}/take-up/")
    taken = Assignment.objects.held().get(annotator=ana)
    assert (answer.status_code, answer["Location"]) == (302, f"/assignments/{taken.pk}/")
    assert scores(client.get(f"/assignments/{taken.pk}/")) == {"text": 6}
    assert Skip.objects.count() == 0
    assert Event.objects.filter(verb=Event.Verb.SKIPPED).count() == 1
    score.skip(assignment=taken.pk, by=ana, reason="After all.")


def test_a_response_that_others_score_is_not_taken_up(project: Project, ana: User, client: Client) -> None:
    [task] = responses(project)
    slot = held(project, ana)
    bo, chen = make_member(project, "bo"), make_member(project, "chen")
    claim_task(task, bo)
    lapse(slot, to=chen)
    answer = client.get(f"/assignments/{slot.pk}/")
    assert (answer.status_code, Lapse.objects.get().annotator) == (409, ana)
    assert "Someone else is scoring this response now, or has scored it. Your draft is kept in My work." in text(answer)
    refused = client.post(f"/assignments/{slot.pk}/take-up/")
    assert (refused.status_code, Assignment.objects.get(pk=slot.pk).annotator) == (409, chen)
    assert "This response is not free now" in text(refused)
    lapse(slot)
    assert client.post(f"/assignments/{slot.pk}/take-up/").status_code == 302
    assert Assignment.objects.get(pk=slot.pk).annotator == ana


def test_nothing_is_taken_up_while_another_response_is_open_or_after_it_was_submitted(
    project: Project, ana: User, client: Client
) -> None:
    responses(project, 2)
    slot = held(project, ana)
    score.skip(assignment=slot.pk, by=ana, reason="Later.")
    other = held(project, ana)
    assert "You have another response open." in text(client.post(f"/assignments/{slot.pk}/take-up/"))
    score.submit(assignment=other.pk, by=ana, body={"scores": {"text": 4, "images": "na"}})
    assert client.post(f"/assignments/{slot.pk}/take-up/").status_code == 302
    assert client.post(f"/assignments/{slot.pk}/take-up/").status_code == 302  # held: once more
    score.submit(assignment=slot.pk, by=ana, body={"scores": {"text": 4, "images": "na"}})
    done = client.post(f"/assignments/{slot.pk}/take-up/")
    assert "You have already submitted this response" in text(done)
