"""A project is made of frozen rubrics, one per category, and of people with a role; what cannot be is refused by its option."""

from typing import Any

import pytest

from annotation.errors import Refused, ValidationError
from annotation.flow.history import project_events, sentence
from annotation.flow.setup.projects import add_member, create_project
from annotation.models import Event, Membership, Project, ProjectRubric, User
from rubrics.models import Rubric
from tests.factories import make_project, make_rubric, make_user

pytestmark = pytest.mark.django_db


def test_a_project_freezes_the_named_versions_of_its_rubrics() -> None:
    make_rubric()
    make_rubric(title="Newer")
    make_rubric(slug="other", category="situational-analysis")
    create_project(slug="study", rubrics=["small@1", "other"], overlap=2)
    assert list(ProjectRubric.objects.order_by("category").values_list("category", "rubric__slug", "rubric__version")) == [
        ("project-based-learning", "small", 1),
        ("situational-analysis", "other", 1),
    ]
    assert set(Rubric.objects.exclude(frozen_at=None).values_list("slug", "version")) == {("small", 1), ("other", 1)}
    assert list(Project.objects.values_list("slug", "title", "overlap")) == [("study", "study", 2)]
    assert list(Event.objects.values_list("verb", "data")) == [("project_created", {"rubrics": ["small@1", "other@1"]})]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"slug": "My Study"}, "slug: `My Study` is no slug: expected at most 100 small letters, digits and hyphens"),
        ({"slug": "old"}, "slug: `old` exists already"),
        ({"overlap": 0}, "overlap: expected a whole number from 1 to 100, not `0`"),
        ({"title": "t" * 201}, f"title: expected a title of at most 200 characters, not `{'t' * 80}…`"),
        ({"seed": -1}, "seed: expected a whole number from 0 to 9223372036854775807, not `-1`"),
        ({"larger_share": 0.2}, "larger_overlap: expected more than the 3 of the other responses, not `null`"),
        ({"rubrics": []}, "rubrics: expected at least one"),
        ({"rubrics": ["none"]}, "rubrics: there is no `none`; load it with load_rubric first"),
        ({"rubrics": ["small@7"]}, "rubrics: there is no `small@7`; load it with load_rubric first"),
        ({"rubrics": ["small@x"]}, "rubrics: there is no `small@x`; load it with load_rubric first"),
        (
            {"rubrics": ["small", "second"]},
            "rubrics: small@1 and second@1 are both for project-based-learning: expected one rubric per category",
        ),
        (
            {"slug": "A b", "rubrics": ["none"]},
            "slug: `A b` is no slug: expected at most 100 small letters, digits and hyphens "
            "rubrics: there is no `none`; load it with load_rubric first",
        ),
    ],
)
def test_a_project_that_cannot_be_is_refused(changes: dict[str, Any], message: str) -> None:
    make_rubric(slug="second")
    make_project(slug="old")
    with pytest.raises(Refused) as caught:
        create_project(**{"slug": "study", "rubrics": ["small"]} | changes)
    assert (str(caught.value), Project.objects.count()) == (message, 1)


def test_who_creates_a_project_becomes_its_manager() -> None:
    make_rubric()
    lea = make_user("lea")
    project = create_project(slug="study", rubrics=["small"], overlap=1, larger_share=0.2, larger_overlap=2, by=lea)
    assert (project.overlap, project.larger_share, project.larger_overlap) == (1, 0.2, 2)
    assert list(Membership.objects.values_list("project", "user", "role")) == [(project.pk, lea.pk, "manager")]
    assert list(Event.objects.order_by("pk").values_list("verb", "by")) == [("project_created", lea.pk), ("member_added", lea.pk)]


def test_a_role_alone_takes_the_place_of_the_one_before() -> None:
    project = make_project()
    for role in ("annotator", "manager"):
        add_member(username="uma", project=project, role=role, create=True)
    assert list(Membership.objects.values_list("user__username", "role")) == [("uma", "manager")]
    assert not User.objects.get(username="uma").has_usable_password()


def test_several_roles_take_the_place_of_all_before_and_the_time_of_coming_stays() -> None:
    project, came, told = make_project(), set(), []
    for first, *also in (["expert", "annotator"], ["manager", "adjudicator"], ["adjudicator", "manager"], ["expert"]):
        membership = add_member(username="uma", project=project, role=first, also=also, create=True)
        told.append(membership.roles)
        came.add(membership.added_at)
        assert sorted(Membership.objects.values_list("role", flat=True)) == sorted([first, *also])
    assert told == [("annotator", "expert"), ("manager", "adjudicator"), ("manager", "adjudicator"), ("expert",)]
    assert len(came) == 1
    events = Event.objects.filter(verb__in=["member_added", "role_changed"]).order_by("pk")
    assert [(event.data["role"], event.data["roles"]) for event in events] == [
        ("annotator", ["annotator", "expert"]),
        (["annotator", "manager"], [["annotator", "expert"], ["manager", "adjudicator"]]),
        (["manager", "expert"], [["manager", "adjudicator"], ["expert"]]),
    ]
    assert [sentence(happening) for happening in project_events(events)] == [
        "The command line added uma to the project as annotator, expert.",
        "The command line changed the role of uma from annotator, expert to manager, adjudicator.",
        "The command line changed the role of uma from manager, adjudicator to expert.",
    ]


def test_nobody_is_annotator_and_manager_at_once() -> None:
    project = make_project()
    with pytest.raises(Refused, match="nobody is annotator and manager at once, as managers see everybody's scores"):
        add_member(username="uma", project=project, role="manager", also=["annotator"], create=True)
    assert (Membership.objects.count(), User.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("username", "role", "create", "message"),
    [
        ("uma", "king", True, "role: king is none of annotator, adjudicator, expert, manager"),
        ("uma", "annotator", False, "username: there is no uma; --create makes one"),
        (
            "u#ma",
            "annotator",
            True,
            "username: `u#ma`: `#` may not stand in a username: expected letters of any script, digits and @ . + - _",
        ),
        ("u" * 151, "annotator", True, f"username: `{'u' * 80}…`: expected at most 150 characters"),
    ],
)
def test_a_member_who_cannot_be_is_refused(username: str, role: str, create: bool, message: str) -> None:
    with pytest.raises(Refused) as caught:
        add_member(username=username, project=make_project(), role=role, create=create)
    assert (str(caught.value), User.objects.count()) == (message, 0)


def test_an_event_says_who_gave_which_role_and_what_it_was_before() -> None:
    project, lea = make_project(), make_user("lea")
    for role in ("annotator", "manager", "manager"):
        add_member(username="uma", project=project, role=role, create=True, by=lea)
    events, uma = Event.objects.exclude(verb="project_created"), User.objects.get(username="uma").pk
    assert list(events.values_list("verb", "by", "data")) == [
        ("member_added", lea.pk, {"username": "uma", "role": "annotator", "member": uma}),
        ("role_changed", lea.pk, {"username": "uma", "role": ["annotator", "manager"], "member": uma}),
    ]


def test_a_project_that_somebody_makes_in_the_same_moment_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(slug="pilot")
    monkeypatch.setattr(type(Project.objects.all()), "exists", lambda self: False)  # as it was a moment before
    with pytest.raises(ValidationError) as refused:
        create_project(slug="pilot", rubrics=["small"])
    assert refused.value.fields == {"slug": "`pilot` exists already"}
    assert Project.objects.count() == 1
