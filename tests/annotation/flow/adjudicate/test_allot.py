import pytest

from annotation.errors import AlreadyDone, ValidationError
from annotation.flow import adjudicate
from annotation.flow.adjudicate.allot import allot
from annotation.models import Adjudication, CaseReview, Event, Project, User
from tests.annotation.flow.adjudicate.cases import make_disputed_project, settle, started, with_rules
from tests.factories import judged, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_disputed_project()
    judged(project, [[1, 5, 4]])
    return project


@pytest.fixture
def people(project: Project) -> dict[str, User]:
    roles = {"ada": "adjudicator", "bea": "adjudicator", "lea": "manager"}
    return {name: make_member(project, name, role) for name, role in roles.items()}


def test_a_case_in_hands_goes_to_the_other_first_in_their_queue(project: Project, people: dict[str, User]) -> None:
    case = started(project, people["ada"])
    allot(case=case.pk, by=people["lea"], to="bea")
    assert list(CaseReview.objects.values_list("adjudicator__username", "ending")) == [("ada", "handed_over")]
    assert adjudicate.claim(project=project, by=people["ada"]) is None
    assert started(project, people["bea"]) == case
    assert list(Event.objects.filter(verb="case_handed_over").values_list("by__username", "data__to")) == [("lea", "bea")]


def test_a_case_that_is_given_to_whom_it_is_with_stays_in_their_hands(project: Project, people: dict[str, User]) -> None:
    case = started(project, people["ada"])
    allot(case=case.pk, by=people["lea"], to="ada")
    assert list(CaseReview.objects.values_list("adjudicator__username", "ending")) == [("ada", "")]


@pytest.mark.parametrize("to", ["ana", "lea", "nobody", "cleo", "", None, 7, "b\0ea"])
def test_whoever_may_not_decide_it_gets_no_case(project: Project, people: dict[str, User], to: object) -> None:
    make_member(project, "cleo", "adjudicator")
    User.objects.filter(username="cleo").update(is_active=False)  # and cannot sign in
    case = started(project, people["ada"])
    with pytest.raises(ValidationError) as caught:
        allot(case=case.pk, by=people["lea"], to=to)
    assert caught.value.fields == {"to": "Choose an adjudicator of this project."}
    assert CaseReview.objects.get().ended_at is None


def test_an_annotator_of_the_response_gets_no_case_as_an_adjudicator(project: Project, people: dict[str, User]) -> None:
    make_member(project, "ana", "adjudicator")
    case = started(project, people["ada"])
    with pytest.raises(ValidationError) as caught:
        allot(case=case.pk, by=people["lea"], to="ana")
    assert caught.value.fields == {"to": "This person cannot take the case. Choose somebody else."}


def test_who_decided_first_is_not_given_the_second_decision(project: Project, people: dict[str, User]) -> None:
    project = with_rules(project, second_share=1)
    settle(started(project, people["ada"]), people["ada"], {"text": 4})
    second = started(project, people["bea"])
    with pytest.raises(ValidationError) as caught:
        allot(case=second.pk, by=people["lea"], to="ada")
    assert caught.value.fields == {"to": "This person cannot take the case. Choose somebody else."}
    assert CaseReview.objects.get(adjudication=second).ended_at is None


def test_a_decided_case_is_given_to_nobody(project: Project, people: dict[str, User]) -> None:
    case = started(project, people["ada"])
    settle(case, people["ada"], {"text": 4})
    with pytest.raises(AlreadyDone):
        allot(case=case.pk, by=people["lea"], to="bea")


def test_only_a_manager_gives_a_case_away(project: Project, people: dict[str, User]) -> None:
    case = started(project, people["ada"])
    with pytest.raises(Adjudication.DoesNotExist):
        allot(case=case.pk, by=people["ada"], to="bea")
    assert CaseReview.objects.get().ended_at is None
