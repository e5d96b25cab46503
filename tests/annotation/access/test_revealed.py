"""After scoring blind, an adjudicator sees every first judgement and no name."""

from typing import Any

import pytest

from annotation.access.revealed import revealed_content
from annotation.models import Adjudication
from tests.annotation.flow.adjudicate.cases import make_disputed_project, started
from tests.factories import body, judged, make_member


@pytest.fixture
def case() -> Adjudication:
    project = make_disputed_project()
    rows = [[body(text=1, penalties=["harm"], feedback="Rude."), body(text=6, images=2), 5], [2, 2, 2]]
    judged(project, rows)
    return started(project, make_member(project, "ada", "adjudicator"))


@pytest.mark.django_db
def test_scores_penalties_and_feedback_of_each_judgement_are_shown_under_a_letter(case: Adjudication) -> None:
    content = revealed_content(case)
    assert [(judgement.pop("name"), judgement.pop("letter")) for judgement in content] == [
        ("Annotator A", "A"),
        ("Annotator B", "B"),
        ("Annotator C", "C"),
    ]
    nothing_more = {"overall": None, "notes": {}, "block_notes": [], "errors": [], "confidence": {}, "revised": False}
    assert sorted(content, key=lambda judgement: judgement["scores"]["text"]) == [
        {"scores": {"text": 1, "images": "na"}, "penalties": ["harm"], "feedback": "Rude."} | nothing_more,
        {"scores": {"text": 5, "images": "na"}, "penalties": [], "feedback": ""} | nothing_more,
        {"scores": {"text": 6, "images": 2}, "penalties": [], "feedback": ""} | nothing_more,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("responses", [2, 12])
def test_a_case_costs_as_many_queries_however_large_the_project_is(responses: int, django_assert_num_queries: Any) -> None:
    project = make_disputed_project()
    judged(project, [[1, 6, 6]] * responses)
    case = started(project, make_member(project, "ada", "adjudicator"))
    revealed_content(case)  # the process then has the rubric, and the case its task
    with django_assert_num_queries(5):
        revealed_content(case)
