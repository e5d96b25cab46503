"""What is excluded by a member's limits never comes to them: by a claim, a look ahead, an old draft, or a case."""

from typing import Any

import pytest

from annotation.errors import Refused, ValidationError
from annotation.flow import adjudicate, score
from annotation.flow.assign import make_further_slots
from annotation.flow.leave import end_member
from annotation.flow.limits import Limits, change_limits, limits_of
from annotation.flow.setup.projects import add_member
from annotation.models import Assignment, Event, Project, Skip, Task, User
from tests.annotation.flow.adjudicate.cases import make_disputed_project
from tests.factories import body, judged, load, make_member, make_project, make_rubric, record

pytestmark = pytest.mark.django_db
PBL, MSR = "project-based-learning", "multi-step-reasoning"


@pytest.fixture
def project() -> Project:
    """Two categories, with responses of three systems to each of two queries in two languages."""
    rubrics = [make_rubric().name, make_rubric(slug="other", category=MSR).name]
    project = make_project(rubrics=rubrics)
    records = [
        record(number, model=system, category=category, language=language)
        for number, category, language in ((1, PBL, "fr"), (2, MSR, "zh-hans"))
        for system in ("system-a", "system-b", "system-c")
    ]
    load(project, records)
    return project


@pytest.fixture
def ana(project: Project) -> User:
    return make_member(project, "ana")


def limit(project: Project, **named: Any) -> Limits:
    limits: dict[str, Any] = {"categories": [], "languages": [], "systems": [], "most_per_day": None}
    return change_limits(username="ana", project=project, **limits | named)


def all_claimed(project: Project, user: User) -> set[tuple[str, str]]:
    """Category and system of everything that comes to the person."""
    came = set()
    while slot := score.claim(project=project, by=user):
        assert score.ahead(project=project, by=user) is None or (slot.category, slot.system) not in came
        came.add((slot.category, slot.system))
        score.submit(assignment=slot.pk, by=user, body=body())
    return came


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, {(category, f"system-{name}") for category in (PBL, MSR) for name in "abc"}),
        ({"categories": [MSR]}, {(MSR, f"system-{name}") for name in "abc"}),
        ({"systems": ["system-a", "system-c"]}, {(PBL, "system-b"), (MSR, "system-b")}),
        ({"languages": ["zh-Hans"]}, {(MSR, f"system-{name}") for name in "abc"}),
        ({"languages": ["fr", "zh-Hans"]}, {(category, f"system-{name}") for category in (PBL, MSR) for name in "abc"}),
        ({"languages": ["fr"], "categories": [MSR]}, set()),
        ({"categories": [PBL], "systems": ["system-a"]}, {(PBL, "system-b"), (PBL, "system-c")}),
    ],
)
def test_only_what_the_limits_allow_is_claimed(project: Project, ana: User, limits: Any, expected: Any) -> None:
    limit(project, **limits)
    assert all_claimed(project, ana) == expected
    assert len(all_claimed(project, make_member(project, "bo"))) == 6  # somebody else's limits count for them alone


def test_what_has_no_language_comes_to_everybody_and_a_further_slot_keeps_its_language(project: Project, ana: User) -> None:
    load(project, [record(3)])
    limit(project, languages=["zh-Hans"])
    assert all_claimed(project, ana) == {(PBL, "system-a"), *((MSR, f"system-{name}") for name in "abc")}
    make_further_slots(
        project=project, tasks=list(Task.objects.filter(response__query__language="fr").values_list("pk", flat=True))
    )
    slots = Assignment.objects.order_by().values_list("task__response__query__language", "language").distinct()
    assert set(slots) == {("fr", "fr"), ("zh-Hans", "zh-Hans"), ("", "")}
    assert all_claimed(project, ana) == set()


def test_a_day_is_full_when_as_many_are_submitted_and_skips_do_not_count(project: Project, ana: User) -> None:
    limit(project, most_per_day=2)
    first = score.claim(project=project, by=ana)
    assert first
    score.skip(assignment=first.pk, by=ana, reason="", kind="unclear_query")
    assert (len(all_claimed(project, ana)), score.day_is_full(project, ana)) == (2, True)
    Assignment.objects.submitted().update(submitted_at="2026-01-01T00:00:00Z")  # another day
    assert (len(all_claimed(project, ana)), score.day_is_full(project, ana)) == (2, True)
    limit(project)
    assert (len(all_claimed(project, ana)), score.day_is_full(project, ana)) == (1, False)


def test_what_is_held_and_excluded_goes_back_at_once_and_is_not_taken_up_again(project: Project, ana: User) -> None:
    slot = score.claim(project=project, by=ana)
    assert slot
    limit(project, systems=[slot.system])
    back = Assignment.objects.get(pk=slot.pk)
    assert (back.annotator, back.reopened_at is None) == (None, False)
    with pytest.raises(Refused, match="is not free now"):
        score.take_up(assignment=slot.pk, by=ana)
    allowed = score.claim(project=project, by=ana)
    assert allowed
    assert allowed.system != slot.system
    limit(project, systems=[slot.system], most_per_day=1)
    assert Assignment.objects.get(pk=allowed.pk).annotator == ana  # what is still allowed stays


def test_what_others_hold_of_an_excluded_system_is_not_said_to_come_back(project: Project, ana: User) -> None:
    limit(project, systems=["system-a", "system-b"])
    all_claimed(project, ana)
    assert score.claim(project=project, by=make_member(project, "bo"))
    assert score.elsewhere(project=project, by=ana) == 0
    assert (score.ahead(project=project, by=ana), Skip.objects.count()) == (None, 0)


def test_an_adjudicator_is_offered_no_case_of_a_system_that_they_are_tied_to() -> None:
    project = make_disputed_project()
    [task] = judged(project, [[1, 1, 6]])
    ada = make_member(project, "ada", "adjudicator")
    review = adjudicate.claim(project=project, by=ada, task=task.pk)
    assert review
    tied: dict[str, Any] = {"categories": [], "languages": [], "systems": ["system-a"], "most_per_day": None}
    change_limits(username="ada", project=project, **tied)
    review.refresh_from_db()
    assert (review.ending, adjudicate.claim(project=project, by=ada)) == ("taken_back", None)
    assert adjudicate.claim(project=project, by=ada, task=task.pk) is None
    assert adjudicate.claim(project=project, by=make_member(project, "bea", "adjudicator"))


def test_limits_are_an_event_and_stay_when_a_membership_begins_again(project: Project, ana: User) -> None:
    lea = make_member(project, "lea", "manager")
    limits = {"categories": [PBL], "languages": ["fr"], "systems": ["system-b"], "most_per_day": 5}
    for _time in "ab":  # the second changes nothing
        limit(project, by=lea, **limits)
    event = Event.objects.get(verb="limits_changed")
    before = {"categories": [], "languages": [], "systems": [], "most_per_day": None}
    assert (event.by, event.data) == (lea, {"username": "ana", "member": ana.pk, "from": before, "to": limits})
    end_member(username="ana", project=project)
    add_member(username="ana", project=project, role="annotator")
    assert limits_of(ana, project)._asdict() == limits


@pytest.mark.parametrize(
    ("named", "fault"),
    [
        ({"categories": ["x"]}, f"categories: `x` is not in this project; there are: {MSR}, {PBL}"),
        ({"languages": ["en"]}, "languages: `en` is not in this project; there are: fr, zh-Hans"),
        ({"systems": ["sistem-a"]}, "systems: `sistem-a` is not in this project; there are: system-a, system-b, system-c"),
        ({"systems": "system-a"}, "systems: expected a list"),
        ({"categories": [[PBL]]}, f'categories: `["{PBL}"]` is not in this project; there are: {MSR}, {PBL}'),
        ({"most_per_day": 0}, "most_per_day: expected a whole number from 1 to 10,000, or nothing, not `0`"),
        ({"most_per_day": True}, "most_per_day: expected a whole number from 1 to 10,000, or nothing, not `true`"),
    ],
)
def test_what_is_no_limit_is_refused(project: Project, ana: User, named: Any, fault: str) -> None:
    with pytest.raises(ValidationError) as refused:
        limit(project, **named)
    assert (str(refused.value), limits_of(ana, project)) == (fault, Limits([], [], [], None))
