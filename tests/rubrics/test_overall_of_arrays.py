"""The overall is one rule: the same in floats and in exact fractions, for one judgement and for many."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.models import Rubric
from rubrics.scoring import overall, overall_of
from tests.factories import criterion, make_rubric, penalty

pytestmark = pytest.mark.django_db
METHODS = ("weighted_mean", "sum", "holistic")
LEVEL = st.none() | st.integers(1, 6)
JUDGEMENTS = st.lists(
    st.fixed_dictionaries({"text": LEVEL, "images": LEVEL, "harm": st.booleans(), "holistic": st.none() | st.integers(0, 6)})
)


@pytest.fixture
def rubrics() -> list[Rubric]:
    rated = [criterion(key="text", na="allowed", weight=0.1), criterion(key="images", na="allowed", weight=0.7)]
    criteria = [*rated, penalty() | {"points": 1.3}]
    made = [
        make_rubric(slug=method.replace("_", "-"), criteria=criteria, overall={"method": method, "min": 1, "max": 4})
        for method in METHODS
    ]
    return list(Rubric.objects.with_content().filter(pk__in=[rubric.pk for rubric in made]))


def array(values: list[Any], dtype: Any) -> Any:
    number = Fraction if dtype is object else float
    return np.array([np.nan if value is None else number(value) for value in values], dtype=dtype)


def test_floats_and_fractions_make_the_same_overall_for_many_judgements_and_for_one(rubrics: list[Rubric]) -> None:
    @given(JUDGEMENTS)
    def check(judgements: list[dict[str, Any]]) -> None:
        columns = {key: [judgement[key] for judgement in judgements] for key in ("text", "images", "harm", "holistic")}
        for rubric in rubrics:
            one_by_one = [
                overall(
                    rubric,
                    scores={"text": judgement["text"], "images": judgement["images"]},
                    penalties={"harm"} if judgement["harm"] else set(),
                    holistic=judgement["holistic"],
                )
                for judgement in judgements
            ]
            exact, floats = (
                overall_of(
                    rubric,
                    {key: array(columns[key], dtype) for key in ("text", "images", "harm")},
                    array(columns["holistic"], dtype),
                ).tolist()
                for dtype in (object, float)
            )
            assert [None if value != value else value for value in exact] == one_by_one
            np.testing.assert_allclose(floats, array(one_by_one, float), rtol=0, atol=1e-12)

    check()
