from typing import Any

import pytest
from django.http import QueryDict

from annotation.errors import ValidationError
from annotation.flow.sample import Plan
from annotation.forms.sample import posted_plan, sample_command, sample_plan


def test_a_posted_plan_is_read() -> None:
    post = QueryDict("size= 800 &by=system&by=category&unit=response&allocation=equal&systems=b&systems=a&seed=-3")
    plan = Plan(size=800, by=("category", "system"), allocation="equal", systems=("a", "b"), seed=-3)
    assert sample_plan(posted_plan(post)) == plan


def test_what_is_not_posted_has_its_default() -> None:
    assert sample_plan(posted_plan(QueryDict("size=5"))) == Plan(size=5)


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({}, {"size": "expected a whole number from 1 to 10,000,000, not `null`"}),
        ({"size": "4.5"}, {"size": "expected a whole number from 1 to 10,000,000, not `4.5`"}),
        ({"size": 0}, {"size": "expected a whole number from 1 to 10,000,000, not `0`"}),
        ({"size": 1, "by": ["colour"]}, {"by": "expected some of category, field, subfield, system, not `colour`"}),
        ({"size": 1, "unit": "page"}, {"unit": "expected one of response, query, not `page`"}),
        ({"size": 1, "allocation": 5}, {"allocation": "expected one of proportional, equal, not `5`"}),
        ({"size": 1, "systems": "a"}, {"systems": "expected a list of names"}),
        ({"size": 1, "seed": "x"}, {"seed": "expected a whole number of at most 64 bits"}),
        ({"size": 1, "sise": 2}, {"sise": "unknown; expected size, by, unit, allocation, systems, seed"}),
    ],
)
def test_a_fault_is_named_with_what_is_there(values: dict[str, Any], faults: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        sample_plan(values)
    assert refused.value.fields == faults


def test_the_command_draws_the_same() -> None:
    plan = Plan(size=4, by=("field", "system"), unit="response", allocation="equal", systems=("a b", "c"), seed=6)
    assert sample_command("pilot", plan).split(" \\\n    ") == [
        "manage.py draw_sample --project pilot",
        "--size 4",
        "--by field,system",
        "--allocation equal",
        "--system 'a b'",
        "--system c",
        "--seed 6",
    ]
    assert sample_command("pilot", Plan(size=4)).split(" \\\n    ") == ["manage.py draw_sample --project pilot", "--size 4"]
