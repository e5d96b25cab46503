"""An address of the list of responses is the selection that it was made of."""

from typing import Any

from django.http import QueryDict

from annotation.flow.agree.drilldown import ALIKE, PACE, Selection
from annotation.forms.queries import response_filters
from annotation.views.agreement.drilldown_url import address

LIST = "/projects/study/responses/"
FULL: dict[str, Any] = {
    "rubric": "small@1",
    "criterion": "text",
    "annotators": ("ana", "bo"),
    "levels": (2, 5),
    "level": 3,
    "category": "project-based-learning",
    "field": "",
    "subfield": "Optics & light",
    "system": "gpt",
    "round": "1",
    "week": "2026-W48",
    "label": "agreed",
    "spread": "3",
}


def test_an_address_is_read_as_the_selection_that_it_was_made_of() -> None:
    whole = (
        f"{LIST}?rubric=small%401&criterion=text&annotator=ana&annotator=bo&levels=2,5&level=3&category=project-based-learning"
        "&field=&subfield=Optics+%26+light&system=gpt&round=1&week=2026-W48&label=agreed&spread=3"
    )
    assert address("study", **FULL) == whole
    assert response_filters(QueryDict(whole.partition("?")[2])) == Selection(**FULL)
    for chosen in (
        {},
        {"criterion": ""},
        {"criterion": "overall", "levels": (-1, 0), "level": 0},
        {"week": "", "system": ""},
        {"annotators": ("ana",), "habit": ALIKE},
        {"rubric": "small@1", "annotators": ("bo",), "habit": PACE},
    ):
        assert response_filters(QueryDict(address("study", **chosen).partition("?")[2])) == Selection(**chosen)
    assert (address("study"), address("study", criterion="")) == (LIST, f"{LIST}?criterion=*")
    assert address("study", annotators=("ana",), habit=ALIKE, week="") == f"{LIST}?annotator=ana&habit=alike&week="


def test_a_criterion_that_is_chosen_takes_the_place_of_a_habit() -> None:
    chosen = response_filters(QueryDict("rubric=&criterion=text&annotator=ana&habit=pace"))
    assert chosen == Selection(criterion="text", annotators=("ana",))


def test_what_the_empty_form_sends_chooses_nothing() -> None:
    assert response_filters(QueryDict("rubric=&criterion=&habit=&page=2")) == Selection()
