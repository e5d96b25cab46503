"""A long page begins with links to its parts, each of which is there."""

import re

import pytest
from django.test import Client

from tests.factories import judged, make_member, make_project
from tests.markup import words

pytestmark = pytest.mark.django_db
OVER = ["Pairs of annotators", "Confusion matrix of levels", "Over time"]


@pytest.mark.parametrize(
    ("page", "parts"),
    [
        (
            "agreement/",
            ["Small", "Labels: Small", "Number of annotators", *OVER, "Fair labels", "For a paper"],
        ),
        ("agreement/?by=system", ["Small", *OVER]),
        (
            "adjudication/lessons/",
            [
                *("What to do first", "Why annotators differed", "Most often in dispute"),
                *("Levels that are not told apart", "Adjudicators"),
            ],
        ),
    ],
)
def test_the_parts_of_a_page_are_listed_in_their_order(client: Client, page: str, parts: list[str]) -> None:
    project = make_project()
    judged(project, [[1, 2, 1], [5, 5, 6], [3, 3, 2], [1, 6, 3]])
    client.force_login(make_member(project, "lea", "manager"))
    html = client.get(f"/projects/study/{page}").text
    links = re.findall(r'<a href="#([^"]+)">(.*?)</a>', html.partition('class="contents"')[2].partition("</nav>")[0])
    assert [words(text) for _target, text in links] == parts
    places = [html.index(f'id="{target}"') for target, _text in links]
    assert places == sorted(places)
