"""A descriptor in dispute, with its disputes beside it, and the draft of the rubric's next version."""

import pytest
from django.test import Client

from config.quoting import quoted
from rubrics.models import Level, Rubric
from tests.annotation.flow.lessons.studies import make_study
from tests.factories import make_project, make_rubric, make_user

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/adjudication/lessons/descriptor/?rubric=small%401&criterion=text&level=5"


@pytest.fixture
def lea(client: Client) -> Client:
    make_study()
    client.force_login(make_user("lea", password=None))
    return client


def descriptors(version: int) -> list[str]:
    levels = Level.objects.filter(criterion__rubric__version=version, criterion__key="text").order_by("value")
    return list(levels.values_list("descriptor", flat=True))


def test_the_descriptor_stands_beside_the_disputes_in_which_it_was_given(lea: Client) -> None:
    page = lea.get(PAGE)
    assert [(row["query"], row["cause"]) for row in page.context["rows"]] == [
        ("PBL-0002", "gap in the rubric"),
        ("PBL-0003", "slip"),
    ]
    assert "text, level 5" in page.text
    assert page.context["draft"] is None


def test_saving_begins_the_next_version_and_then_changes_its_draft(lea: Client) -> None:
    """The frozen version, to which the scores belong, stays; nothing else is changed."""
    before = descriptors(1)
    answer = lea.post(PAGE, {"descriptor": " Complete, with one slip at most. "}, follow=True)
    assert "Saved in the draft small@2." in answer.text
    lea.post(PAGE.replace("level=5", "level=6"), {"descriptor": "Complete."})
    assert [(rubric.version, rubric.frozen_at is None) for rubric in Rubric.objects.order_by("version")] == [
        (1, False),
        (2, True),
    ]
    assert descriptors(1) == before
    assert descriptors(2) == [*before[:4], "Complete, with one slip at most.", "Complete."]
    page = lea.get(PAGE)
    assert [page.context["draft"].criterion.rubric.name, page.context["text"]] == ["small@2", "Complete, with one slip at most."]
    assert [row["query"] for row in page.context["rows"]] == ["PBL-0002", "PBL-0003"]


@pytest.mark.parametrize("text", ["", "  ", "x" * 5001])
def test_what_is_no_descriptor_is_refused_and_nothing_is_stored(lea: Client, text: str) -> None:
    answer = lea.post(PAGE, {"descriptor": text})
    assert answer.status_code == 400
    assert answer.context["fault"] == f"descriptor: {quoted(text)}: expected a text of at most 5000 characters"
    assert Rubric.objects.count() == 1


@pytest.mark.parametrize(
    "change", ["small%401|small%402", "small%401|small", "text|fun", "level=5|level=9", "level=5|level=x", "level=5|"]
)
def test_a_level_that_is_not_there_is_not_found(lea: Client, change: str) -> None:
    assert lea.get(PAGE.replace(*change.split("|"))).status_code == 404


@pytest.mark.parametrize("name", ["ada", "ana"])
def test_only_managers_draft(client: Client, name: str) -> None:
    make_study()
    client.force_login(make_user(name, password=None))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"descriptor": "Other."}).status_code == 404
    assert Rubric.objects.count() == 1


def test_a_rubric_of_another_project_is_not_found(lea: Client) -> None:
    make_rubric(slug="large")
    make_project(slug="other", rubrics=["large"])
    assert lea.get(PAGE.replace("small%401", "large%401")).status_code == 404
