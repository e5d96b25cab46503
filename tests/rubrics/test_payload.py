import pytest
from pytest_django import DjangoAssertNumQueries

from rubrics.models import Rubric
from rubrics.payload import rubric_content
from rubrics.versioning import add_image
from tests.factories import criterion, make_rubric, penalty, png

pytestmark = pytest.mark.django_db


def test_a_rubrics_content_is_its_file_with_all_defaults() -> None:
    pk = make_rubric(criteria=[criterion(key="text", weight=1.5), penalty()], guidance="Read twice.").pk
    assert rubric_content(Rubric.objects.with_content().get(pk=pk)) == {
        "slug": "small",
        "version": 1,
        "title": "Small",
        "scale": {"min": 1, "max": 6},
        "overall": {"method": "weighted_mean", "min": 0, "max": 6},
        "guidance": "Read twice.",
        "criteria": [
            {
                "key": "text",
                "kind": "rated",
                "title": "text",
                "description": "",
                "weight": 1.5,
                "na": "never",
                "levels": [{"value": value, "label": f"L{value}", "descriptor": f"text, level {value}"} for value in range(1, 7)],
            },
            {"key": "harm", "kind": "penalty", "title": "Harm", "description": "", "points": 1},
        ],
    }


def test_a_rubric_loaded_whole_asks_the_database_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rubric = Rubric.objects.with_content().get(pk=make_rubric().pk)
    with django_assert_num_queries(0):
        rubric_content(rubric)


def test_a_level_has_an_example_where_the_rubric_gives_one() -> None:
    text = criterion(key="text")
    text["levels"][2]["example"] = "Half of it."
    digest = add_image(content=png())
    text["levels"][3]["example"] = {"image": digest}
    pk = make_rubric(criteria=[text]).pk
    levels = rubric_content(Rubric.objects.with_content().get(pk=pk))["criteria"][0]["levels"]
    assert [level.get("example") for level in levels] == [None, "Half of it.", None, None, None, None]
    assert [level.get("example_image") for level in levels] == [None, None, f"/rubrics/images/{digest}/", None, None, None]
