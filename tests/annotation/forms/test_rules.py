import pytest
from django.http import QueryDict

from annotation.errors import ValidationError
from annotation.forms.rules import beside, fields, posted_agreement, posted_rules
from annotation.models import Rules

SHARE = "Enter a share from 0 to 100 %."


def test_shares_are_posted_in_percent_and_a_box_that_is_missing_is_off() -> None:
    post = QueryDict("pair_gap=3&undisputed_share=7,5&second_share=0&penalties=on&other=1")
    assert posted_rules(post) == {
        "pair_gap": "3",
        "undisputed_share": 0.075,
        "second_share": 0.0,
        "penalties": True,
        "applicability": False,
        "holistic": False,
        "further_annotator": False,
    }


def test_the_assumed_agreement_is_that_of_the_form_or_the_usual_one() -> None:
    assert posted_agreement(QueryDict("")) == {"exact": 0.4, "adjacent": 0.87}
    assert posted_agreement(QueryDict("exact=50&adjacent=90")) == {"exact": 0.5, "adjacent": 0.9}


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("exact=half", {"exact": SHARE}),
        ("exact=nan&adjacent=101", {"exact": SHARE, "adjacent": SHARE}),
        ("exact=90", {"adjacent": "Adjacent agreement includes exact agreement: enter a share that is not smaller."}),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(query: str, faults: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as caught:
        posted_agreement(QueryDict(query))
    assert caught.value.fields == faults


def test_a_field_shows_what_was_posted_else_the_rule() -> None:
    stored = fields(Rules(), QueryDict(""), {})
    assert [stored[key].value for key in ("pair_gap", "cut_off", "undisputed_share", "penalties", "exact")] == [
        2,
        "",
        "5",
        True,
        "40",
    ]
    posted = fields(Rules(), QueryDict("pair_gap=x&undisputed_share=6,5"), {"pair_gap": "Wrong."})
    assert [posted[key].value for key in ("pair_gap", "group_range", "undisputed_share", "penalties")] == ["x", 3, "6,5", False]
    assert (posted["pair_gap"].fault, posted["group_range"].fault) == ("Wrong.", "")


def test_the_faults_of_two_fields_of_a_sentence_stand_together() -> None:
    found = beside(None, {"pair_gap": "Wrong.", "group_range": "Wrong too."})
    assert (found["gap"].faults, found["cut_off"].faults) == ([("pair_gap", "Wrong."), ("group_range", "Wrong too.")], [])
    assert found["gap"].responses is None
