import pytest

from annotation.models import User
from rubrics.models import Criterion, Level, Rubric
from tests.factories import make_member, make_project, make_rubric, make_user


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        ("never", [False, False, False, False]),
        ("allowed", [True, True, True, True]),
        ("when_no_query_image", [True, True, False, False]),
        ("when_no_response_image", [True, False, True, False]),
    ],
)
def test_a_criterion_says_when_it_may_be_not_applicable(rule: str, allowed: list[bool]) -> None:
    criterion = Criterion(na=rule)
    images = [(query, response) for query in (False, True) for response in (False, True)]
    assert [criterion.allows_na(query_has_image=query, response_has_image=response) for query, response in images] == allowed


def test_rows_are_named_as_people_know_them() -> None:
    rows = [Rubric(slug="mmie-pbl", version=2), Criterion(title="Text"), Level(value=3, label="Fair"), Level(value=4)]
    assert [str(row) for row in rows] == ["mmie-pbl@2", "Text", "3 · Fair", "4"]


@pytest.mark.django_db
def test_the_latest_version_of_a_slug_is_the_highest() -> None:
    make_rubric()
    second = make_rubric(title="Other")
    make_rubric(slug="another")
    assert [Rubric.objects.latest_of("small"), Rubric.objects.latest_of("none")] == [second, None]


@pytest.mark.django_db
def test_people_see_the_rubrics_of_their_projects_and_managers_every_version_of_these() -> None:
    used = make_project(slug="used", rubrics=[make_rubric(slug="own").name])
    make_project(slug="other", rubrics=[make_rubric(slug="other").name])
    make_rubric(slug="own", title="Next version")
    people = {
        "annotator": make_member(used, "ana"),
        "adjudicator": make_member(used, "ada", "adjudicator"),
        "manager": make_member(used, "lea", "manager"),
        "outsider": make_user("otto"),
        "staff": User.objects.create(username="uwe", is_staff=True),
        "superuser": User.objects.create(username="su", is_superuser=True),
    }
    make_member(make_project(slug="more", rubrics=["own@1"]), "ana")  # a rubric of two projects is there once
    seen = {role: [rubric.name for rubric in Rubric.objects.visible_to(user)] for role, user in people.items()}
    assert seen == {
        "annotator": ["own@1"],
        "adjudicator": ["own@1"],
        "manager": ["own@2", "own@1"],
        "outsider": [],
        "staff": ["other@1", "own@2", "own@1"],
        "superuser": ["other@1", "own@2", "own@1"],
    }
