"""What managers do with a case, and that nobody else does."""

import pytest
from django.test import Client

from annotation.flow import adjudicate
from annotation.flow.adjudicate.letters import annotations_by_letter
from annotation.flow.score import revise
from annotation.models import Adjudication, Assignment, CaseReview, Event, Project, Reopening, User
from tests.annotation.flow.adjudicate.cases import make_disputed_project, settle, started, with_rules
from tests.factories import body, judged, make_member, make_user

pytestmark = pytest.mark.django_db
LIST = "/projects/study/adjudication/list/"


@pytest.fixture
def project() -> Project:
    project = make_disputed_project()
    judged(project, [[1, 5, 4]])
    return project


@pytest.fixture
def ada(project: Project) -> User:
    return make_member(project, "ada", "adjudicator")


@pytest.fixture
def lea(project: Project, client: Client) -> User:
    lea = make_member(project, "lea", "manager")
    client.force_login(lea)
    return lea


def said(client: Client, case: Adjudication, **post: str) -> str:
    answer = client.post(f"/adjudications/{case.pk}/manage/", post, follow=True)
    assert answer.redirect_chain == [(post.get("next", LIST), 302)]
    return str(answer.text)


def revised(project: Project) -> None:
    """An annotator changes their mind after the decision."""
    ana = make_user("ana", password=None)
    slot = Assignment.objects.get(task__project=project, annotator=ana)
    revise.revise(assignment=slot.pk, by=ana, body=body(text=4))


def test_a_case_is_taken_back_from_its_adjudicator(client: Client, project: Project, ada: User, lea: User) -> None:
    case = started(project, ada)
    assert "Taken back: it waits for any adjudicator." in said(client, case, action="take_back")
    assert list(CaseReview.objects.values_list("adjudicator__username", "ending")) == [("ada", "taken_back")]
    assert "Nobody has this case." in said(client, case, action="take_back")


def test_a_case_is_handed_over_to_somebody_who_may_decide(client: Client, project: Project, ada: User, lea: User) -> None:
    make_member(project, "bea", "adjudicator")
    case = started(project, ada)
    assert "Choose an adjudicator of this project." in said(client, case, action="hand_over", to="ana")
    assert CaseReview.objects.get().ended_at is None
    assert "Handed over to bea." in said(client, case, action="hand_over", to="bea", next=f"{LIST}?sort=age")
    case.refresh_from_db()
    assert (case.reserved_for and case.reserved_for.username, CaseReview.objects.get().ending) == ("bea", "handed_over")
    assert list(Event.objects.filter(verb="case_handed_over").values_list("by__username", "data__to")) == [("lea", "bea")]
    assert "reserved for bea" in client.get(LIST).text


def test_a_decision_is_reopened_with_a_reason(client: Client, project: Project, ada: User, lea: User) -> None:
    case = started(project, ada)
    settle(case, ada, {"text": 4})
    assert "Say why you reopen it." in said(client, case, action="reopen", reason=" ")
    assert not Reopening.objects.exists()
    assert "Reopened: it waits for a new decision." in said(client, case, action="reopen", reason="Wrong image.")
    assert list(Reopening.objects.values_list("adjudication", "by__username", "reason")) == [(case.pk, "lea", "Wrong image.")]
    assert "reopened" in client.get(f"{LIST}?state=reopened").text


def test_what_waits_for_somebody_who_left_says_so_and_is_called_back(
    client: Client, project: Project, ada: User, lea: User
) -> None:
    case = started(project, ada)
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 4})
    letter = next(name for name, one in annotations_by_letter(case).items() if one.annotator.username == "bo")
    adjudicate.send_back(case=case.pk, by=ada, annotator=letter, note="Look again.")
    assert "nobody is left to answer" not in client.get(LIST).text
    User.objects.filter(username="bo").update(is_active=False)
    address = f"/responses/{case.task_id}/call-back/"
    for page in (LIST, f"/responses/{case.task_id}/"):
        text = client.get(page).text
        assert ("nobody is left to answer" in text, f'action="{address}"' in text) == (True, True), page
    answer = client.post(address, {"next": f"{LIST}?state=waiting"}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?state=waiting", 302)]
    assert ("Called back: it is in the queue again." in answer.text, "reserved for ada" in answer.text) == (True, True)
    assert "No annotator is awaited any more." in client.post(address, follow=True).text


def test_a_response_without_a_case_is_called_back_from_the_annotator_whom_the_rules_asked_for(
    client: Client, project: Project, ada: User, lea: User
) -> None:
    dee = make_member(project, "dee")
    project = with_rules(project, further_annotator=True)
    adjudicate.ask_further_where_due(project=project)
    task = Assignment.objects.further().get().task_id
    User.objects.filter(pk=dee.pk).update(is_active=False)
    text = client.get(LIST).text
    assert ("nobody is left to answer" in text, f'action="/responses/{task}/call-back/"' in text) == (True, True)
    assert 'value="hand_over"' not in text  # there is no case yet
    client.force_login(ada)
    assert client.post(f"/responses/{task}/call-back/").status_code == 404
    client.force_login(lea)
    client.post(f"/responses/{task}/call-back/")
    assert (Assignment.objects.further().count(), started(project, ada).task_id) == (0, task)


def test_scores_that_changed_since_offer_both_ways_in_the_list_and_on_the_response(
    client: Client, project: Project, ada: User, lea: User
) -> None:
    case = started(project, ada)
    settle(case, ada, {"text": 4})
    revised(project)
    for page in (f"{LIST}?state=changed", f"/responses/{case.task_id}/"):
        text = client.get(page).text
        assert ('value="confirm"' in text, 'value="reopen"' in text, "scores changed since" in text) == (True, True, True), page
    assert "Confirmed: the decision stands." in said(client, case, action="confirm", next=f"/responses/{case.task_id}/")
    assert "No scores have changed since this decision." in said(client, case, action="confirm")
    text = client.get(f"/responses/{case.task_id}/").text
    assert ('value="confirm"' in text, 'value="reopen"' in text) == (False, True)


def test_nobody_but_a_manager_of_the_project_does_any_of_it(client: Client, project: Project, ada: User) -> None:
    case = started(project, ada)
    for name, role in (("ada", "adjudicator"), ("ana", "annotator"), ("nobody", "")):
        client.force_login(make_member(project, name, role) if role else make_user(name))
        for action in ("take_back", "hand_over", "reopen", "confirm"):
            answer = client.post(f"/adjudications/{case.pk}/manage/", {"action": action, "to": "ada", "reason": "x"})
            assert answer.status_code == 404, (name, action)
    assert CaseReview.objects.get().ended_at is None


def test_an_action_that_is_unknown_does_nothing(client: Client, project: Project, ada: User, lea: User) -> None:
    case = started(project, ada)
    assert "Choose what to do with the case." in said(client, case, action="delete")
    assert CaseReview.objects.get().ended_at is None


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_the_way_back_leads_to_this_site_alone(client: Client, project: Project, ada: User, lea: User, address: str) -> None:
    case = started(project, ada)
    answer = client.post(f"/adjudications/{case.pk}/manage/", {"action": "take_back", "next": address})
    assert answer["Location"] == LIST
