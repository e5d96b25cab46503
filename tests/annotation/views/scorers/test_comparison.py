"""Scorers side by side: the same responses, paired differences, and the table to copy."""

import pytest
from django.test import Client

from annotation.models import Project
from tests.annotation.flow.check.scorer_files import keep
from tests.annotation.views.scorers.test_listing import LENIENT, NEAR, PAGE
from tests.markup import words

pytestmark = pytest.mark.django_db


def test_two_scorers_stand_beside_the_guesses_with_their_differences_and_a_table_to_copy(lea: Client, project: Project) -> None:
    scorers = [keep(project, *NEAR, scorer="near").scorer, keep(project, *LENIENT[:4], scorer="lenient_1").scorer]
    answer = lea.get(f"{PAGE}compare/", {"scorer": [one.pk for one in scorers]})
    page = words(answer.text)
    assert "4 responses of 5 that all of them scored" in page
    assert "lenient_1 − near" in page
    for text in (
        "always the mean",
        "always the commonest",
        "shuffled labels",
        "Always the mean",
        "\\begin{tabular}",
        "lenient\\_1",
    ):
        assert text in page


def test_a_page_without_two_scorers_asks_for_them(lea: Client, project: Project) -> None:
    assert "Two scorers are needed." in words(lea.get(f"{PAGE}compare/").text)
    one = keep(project, *NEAR).scorer
    answer = lea.get(f"{PAGE}compare/", {"scorer": [one.pk, "x", one.pk + 1]})
    assert (answer.status_code, "scorer: expected 2 to 6 different ones" in answer.text) == (400, True)
