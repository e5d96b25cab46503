from django.http import QueryDict

from annotation.flow.adjudicate.listing import Filters
from annotation.forms.disputes import adjudicators_filters, managers_filters

STATES = ("waiting", "decided")
FULL = QueryDict("state=decided&kind=mixed_in&category=art&field=-&criterion=text&gap=3&age=7&sort=-gap")


def test_a_manager_filters_by_everything() -> None:
    assert managers_filters(FULL, STATES) == Filters("decided", "mixed_in", "art", "", "text", 3, 7, "-gap")
    assert managers_filters(QueryDict(""), STATES) == Filters(sort="-gap")


def test_an_adjudicator_never_by_gap_or_kind() -> None:
    assert adjudicators_filters(FULL, STATES) == Filters("decided", "", "art", "", "text", None, 7, "")
    assert adjudicators_filters(QueryDict("sort=-age"), STATES) == Filters(sort="-age")


def test_what_does_not_fit_restricts_nothing() -> None:
    wrong = QueryDict("state=x&kind=x&category=&field=&criterion=&gap=-1&age=999999&sort=--gap")
    assert managers_filters(wrong, STATES) == Filters()
    assert managers_filters(QueryDict("gap=²&sort=speed"), STATES) == Filters()
