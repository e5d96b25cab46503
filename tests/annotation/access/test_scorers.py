"""No door shows an annotator or an adjudicator what a scorer says, and none shows a manager its score of a single response
without recording it."""

import re

import pytest
from django.test import Client

from annotation.flow.leave import end_member
from annotation.models import Project, ScorerScore, ScoresShown
from tests.annotation.access.test_membership import OF_A_RUBRIC, OF_A_TOKEN, ROLES, SCORER, addresses, call
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db
__all__ = ["addresses"]  # a fixture
SCORES = ("5.4321", "1.2345", "5.43", "1.23")
IN_PERCENT = ("90.5", "20.57")  # of the highest overall
# for managers, who read the scorer's name and figures there
SCORERS_DOORS = ("api:scorers", "api:scorer", "api:scorers-compare", "scorers", "scorers-compare")
OF_REPORTS = {*SCORERS_DOORS, "api:events", "events", "results"}
# for managers, who are shown its scores of responses, which is recorded; the form of a withdrawal comes back in the same page
OF_RESPONSES = {"scorer", "scorer-withdraw", "response"}
OF_RESULTS = ("results", "results-file", "api:results")


def shown_to(who: str, addresses: dict[str, str]) -> dict[str, str]:
    """Everything that every door answers, by its name."""
    client = Client()
    client.force_login(make_user(who, password=None))
    answers = {}
    for name, address in addresses.items():
        answer = call(client, ROLES.get(name, ("get", set()))[0], address)
        answers[name] = "" if answer.streaming else answer.text
    return answers


def holding(answers: dict[str, str], words: tuple[str, ...]) -> set[str]:
    """The doors whose answer holds one of the words. The end of a longer number, or of a time as 10:05:01.2345, is no score."""
    held = re.compile(r"(?<!\d)(?<!\d:)(?:" + "|".join(map(re.escape, words)) + ")")
    return {name for name, text in answers.items() if held.search(text)}


@pytest.mark.parametrize("who", ["ana", "ada", "otto", "nobody"])
def test_no_door_shows_anything_of_a_scorer_to_whoever_judges_or_is_a_stranger(addresses: dict[str, str], who: str) -> None:
    assert ScorerScore.objects.count() == 4
    assert holding(shown_to(who, addresses), (SCORER, *SCORES)) == set()


@pytest.mark.parametrize("role", ["annotator", "adjudicator"])
def test_a_manager_who_becomes_annotator_or_adjudicator_is_shown_nothing_more(addresses: dict[str, str], role: str) -> None:
    project = Project.objects.get(slug="study")
    make_member(project, "max", "manager")
    make_member(project, "lea", role)
    assert holding(shown_to("lea", addresses), (SCORER, *SCORES)) == set()


def test_a_former_manager_is_shown_nothing(addresses: dict[str, str]) -> None:
    project = Project.objects.get(slug="study")
    make_member(project, "max", "manager")
    end_member(username="lea", project=project)
    assert holding(shown_to("lea", addresses), (SCORER, *SCORES)) == set()


def test_a_manager_is_shown_scorers_and_its_score_of_a_response_where_that_is_recorded(addresses: dict[str, str]) -> None:
    answers = shown_to("lea", addresses)
    assert holding(answers, (SCORER,)) == OF_REPORTS | OF_RESPONSES
    assert holding(answers, SCORES) <= OF_RESPONSES
    assert "5.43" in answers["response"]


@pytest.mark.parametrize("door", ["scorer", "response"])
def test_whoever_is_shown_a_scorers_score_of_a_response_is_recorded(addresses: dict[str, str], door: str) -> None:
    make_member(Project.objects.get(slug="study"), "max", "manager")
    client = Client()
    client.force_login(make_user("max", password=None))
    assert not ScoresShown.objects.filter(user__username="max").exists()
    assert client.get(addresses[door]).status_code == 200
    shown = ScoresShown.objects.filter(user__username="max").values_list("task__response__query__external_id", flat=True)
    assert set(shown) in ({"PBL-0001"}, {"PBL-0002"}, {"PBL-0001", "PBL-0002"})


def test_reports_and_lists_of_scorers_count_as_nothing_shown(addresses: dict[str, str]) -> None:
    client = Client()
    client.force_login(make_user("lea", password=None))
    before = ScoresShown.objects.count()
    assert [call(client, "get", addresses[name]).status_code for name in SCORERS_DOORS] == [200] * len(SCORERS_DOORS)
    assert ScoresShown.objects.count() == before
    assert not set(SCORERS_DOORS) & (OF_A_RUBRIC | OF_A_TOKEN)


@pytest.mark.parametrize(("who", "named"), [("lea", set(OF_RESULTS)), ("ana", set()), ("ada", set()), ("otto", set())])
def test_results_of_a_scorer_are_for_managers_and_no_mean_is_of_single_scores(
    addresses: dict[str, str], who: str, named: set[str]
) -> None:
    answers = shown_to(who, {name: f"{addresses[name]}?scorer={SCORER}" for name in OF_RESULTS})
    assert holding(answers, ("few labels", "Labels alone", '"both"')) == named
    assert holding(answers, (*SCORES, *IN_PERCENT)) == set()
