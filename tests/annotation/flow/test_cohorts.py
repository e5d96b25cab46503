"""Cohorts: who is in which, and what all of one may score beside what each of them may."""

from typing import Any

import pytest

from annotation.errors import Refused, ValidationError
from annotation.flow import score
from annotation.flow.cohorts import cohorts_of, delete_cohort, move_member, save_cohort
from annotation.flow.leave import end_member
from annotation.flow.limits import change_limits
from annotation.flow.setup.projects import add_member
from annotation.models import Assignment, Cohort, CohortMember, Event, Project, User
from tests.factories import body, load, make_member, make_project, make_rubric, record

pytestmark = pytest.mark.django_db
PBL, MSR = "project-based-learning", "multi-step-reasoning"


@pytest.fixture
def project() -> Project:
    """A query in each category and language, and one in none."""
    rubrics = [make_rubric().name, make_rubric(slug="other", category=MSR).name]
    project = make_project(rubrics=rubrics)
    kinds = [(category, language) for category in (PBL, MSR) for language in ("fr", "zh-Hans")]
    records = [record(number, category=category, language=language) for number, (category, language) in enumerate(kinds, 1)]
    load(project, [*records, record(5)])
    return project


@pytest.fixture
def ana(project: Project) -> User:
    return make_member(project, "ana")


def made(project: Project, name: str = "experts", **limits: Any) -> Cohort:
    return save_cohort(project=project, name=name, **{"categories": [], "languages": []} | limits)


def all_claimed(project: Project, user: User) -> set[tuple[str, str]]:
    came = set()
    while slot := score.claim(project=project, by=user):
        came.add((slot.category, slot.language))
        score.submit(assignment=slot.pk, by=user, body=body())
    return came


ALL = {(PBL, "fr"), (PBL, "zh-Hans"), (MSR, "fr"), (MSR, "zh-Hans"), (PBL, "")}


@pytest.mark.parametrize(
    ("of_cohort", "own", "expected"),
    [
        ({}, {}, ALL),
        ({"categories": [MSR]}, {}, {(MSR, "fr"), (MSR, "zh-Hans")}),
        ({"languages": ["fr"]}, {}, {(PBL, "fr"), (MSR, "fr"), (PBL, "")}),
        ({"categories": [PBL], "languages": ["fr"]}, {}, {(PBL, "fr"), (PBL, "")}),
        ({"categories": [PBL]}, {"languages": ["fr"]}, {(PBL, "fr"), (PBL, "")}),
        ({"categories": [PBL, MSR]}, {"categories": [MSR]}, {(MSR, "fr"), (MSR, "zh-Hans")}),
        ({"categories": [PBL]}, {"categories": [MSR]}, set()),
        ({"languages": ["fr"]}, {"languages": ["zh-Hans"]}, {(PBL, "")}),
    ],
)
def test_what_comes_is_what_both_the_cohort_and_the_person_may_score(
    project: Project, ana: User, of_cohort: Any, own: Any, expected: set[tuple[str, str]]
) -> None:
    made(project, **of_cohort)
    move_member(username="ana", project=project, cohort="experts")
    change_limits(
        username="ana", project=project, **{"categories": [], "languages": [], "systems": [], "most_per_day": None} | own
    )
    assert score.is_limited(project, ana) is (expected != ALL)
    assert all_claimed(project, ana) == expected
    assert all_claimed(project, make_member(project, "bo")) == ALL  # who is in no cohort


def test_limits_of_a_cohort_are_those_of_its_project_alone(project: Project, ana: User) -> None:
    elsewhere = make_project(slug="elsewhere", rubrics=["small"])
    load(elsewhere, [record(1)])
    add_member(username="ana", project=elsewhere, role="annotator")
    made(project, categories=[MSR])
    move_member(username="ana", project=project, cohort="experts")
    assert (score.is_limited(elsewhere, ana), all_claimed(elsewhere, ana)) == (False, {(PBL, "")})
    assert [row["members"] for row in cohorts_of(project)] == [["ana"]]
    assert cohorts_of(elsewhere) == []


def test_what_is_held_and_no_longer_allowed_goes_back_at_once(project: Project, ana: User) -> None:
    experts = made(project)
    held = score.claim(project=project, by=ana)
    assert held
    other = {PBL: MSR, MSR: PBL}[held.category]
    made(project, "crowd", categories=[other])
    move_member(username="ana", project=project, cohort="experts")
    assert Assignment.objects.get(pk=held.pk).annotator == ana
    move_member(username="ana", project=project, cohort="crowd")
    assert Assignment.objects.get(pk=held.pk).annotator is None
    again = score.claim(project=project, by=ana)
    assert again
    assert again.category == other
    move_member(username="ana", project=project, cohort="experts")
    save_cohort(project=project, cohort=experts.pk, name="experts", categories=[held.category], languages=[])
    assert Assignment.objects.get(pk=again.pk).annotator is None


def test_a_person_is_in_one_cohort_and_stays_in_it_when_the_membership_begins_again(project: Project, ana: User) -> None:
    lea = make_member(project, "lea", "manager")
    made(project)
    made(project, "crowd")
    for name in ("experts", "experts", "crowd"):  # the second changes nothing
        move_member(username="ana", project=project, cohort=name, by=lea)
    assert CohortMember.objects.names(project) == {ana.pk: "crowd"}
    end_member(username="ana", project=project)
    assert [row["members"] for row in cohorts_of(project)] == [[], []]
    add_member(username="ana", project=project, role="annotator")
    assert [(row["name"], row["members"]) for row in cohorts_of(project)] == [("crowd", ["ana"]), ("experts", [])]
    move_member(username="ana", project=project, cohort="", by=lea)
    assert CohortMember.objects.names(project) == {}
    events = Event.objects.filter(verb="cohort_of_member").order_by("pk")
    assert [(event.by, event.data) for event in events] == [
        (lea, {"username": "ana", "member": ana.pk, "cohort": "experts", "former": ""}),
        (lea, {"username": "ana", "member": ana.pk, "cohort": "crowd", "former": "experts"}),
        (lea, {"username": "ana", "member": ana.pk, "cohort": "", "former": "crowd"}),
    ]


def test_a_cohort_is_changed_and_deleted_and_each_is_an_event(project: Project, ana: User) -> None:
    lea = make_member(project, "lea", "manager")
    cohort = made(project, " experts ", languages=["fr"], by=lea)
    move_member(username="ana", project=project, cohort="experts")
    changed: dict[str, Any] = {"name": "readers", "categories": [MSR], "languages": ["fr", "zh-Hans"]}
    for _time in "ab":  # the second changes nothing
        save_cohort(project=project, cohort=cohort.pk, by=lea, **changed)
    assert cohorts_of(project) == [{"id": cohort.pk, **changed, "members": ["ana"]}]
    delete_cohort(project=project, cohort=cohort.pk, by=lea)
    assert (cohorts_of(project), score.is_limited(project, ana)) == ([], False)
    events = Event.objects.filter(verb__in=["cohort_changed", "cohort_deleted"]).order_by("pk")
    first = {"name": "experts", "categories": [], "languages": ["fr"]}
    assert [(event.verb, event.by, event.data) for event in events] == [
        ("cohort_changed", lea, {"cohort": "experts", "from": None, "to": first}),
        ("cohort_changed", lea, {"cohort": "readers", "from": first, "to": changed}),
        ("cohort_deleted", lea, {"cohort": "readers", "from": changed}),
    ]


@pytest.mark.parametrize(
    ("named", "faults"),
    [
        ({"name": " "}, {"name": "required"}),
        ({"name": "x" * 101}, {"name": "expected a text of at most 100 characters"}),
        ({"name": "a\0"}, {"name": "expected a text of at most 100 characters"}),
        ({"name": " crowd"}, {"name": "`crowd` exists already"}),
        ({"categories": ["x"]}, {"categories": f"`x` is not in this project; there are: {MSR}, {PBL}"}),
        ({"languages": ["en"]}, {"languages": "`en` is not in this project; there are: fr, zh-Hans"}),
    ],
)
def test_what_is_no_cohort_is_refused(project: Project, named: Any, faults: dict[str, str]) -> None:
    made(project, "crowd")
    with pytest.raises(ValidationError) as refused:
        made(project, **named)
    assert (refused.value.fields, Cohort.objects.count()) == (faults, 1)


def test_a_cohort_that_is_not_there_is_refused_and_so_is_one_of_another_project(project: Project, ana: User) -> None:
    elsewhere = make_project(slug="elsewhere", rubrics=["small"])
    foreign = made(elsewhere, "foreign")
    made(project)
    for name in ("foreign", "a\0"):
        with pytest.raises(Refused, match="is not in this project; there are: experts"):
            move_member(username="ana", project=project, cohort=name)
    with pytest.raises(Cohort.DoesNotExist):
        delete_cohort(project=project, cohort=foreign.pk)
    with pytest.raises(Cohort.DoesNotExist):
        save_cohort(project=project, cohort=foreign.pk, name="x", categories=[], languages=[])
