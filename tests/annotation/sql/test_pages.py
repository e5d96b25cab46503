from typing import Any

import pytest

from annotation.models import Query
from annotation.sql.pages import SearchPages
from tests.factories import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> SearchPages:
    project = make_project()
    Query.objects.bulk_create(
        Query(project=project, external_id=f"Q{number}", field=str(number % 2), blocks=[]) for number in range(10)
    )
    rows = Query.objects.order_by("external_id")
    return SearchPages(rows.filter(field="1"), rows, 2)


@pytest.mark.parametrize(
    ("asked", "number", "ids", "queries"),
    [
        (None, 1, ["Q1", "Q3"], 2),
        ("2", 2, ["Q5", "Q7"], 2),
        ("3", 3, ["Q9"], 2),
        ("-1", 1, ["Q1", "Q3"], 2),
        ("two", 1, ["Q1", "Q3"], 2),
        ("4", 3, ["Q9"], 4),  # looked for, counted, and the last one
        ("9" * 30, 3, ["Q9"], 4),
    ],
)
def test_a_page_and_the_number_of_all_rows_take_two_queries(
    pages: SearchPages, asked: Any, number: int, ids: list[str], queries: int, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(queries):
        page = pages.get_page(asked)
        found = (page.number, [query.external_id for query in page], pages.count, pages.num_pages, page.has_next())
    assert found == (number, ids, 5, 3, number < 3)


def test_where_nothing_is_found_there_is_one_empty_page(pages: SearchPages) -> None:
    none = SearchPages(Query.objects.filter(field="2").order_by("pk"), pages.rows, 2)
    page = none.get_page("7")
    assert (page.number, list(page), none.count, none.num_pages) == (1, [], 0, 1)
