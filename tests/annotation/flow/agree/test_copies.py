"""Who loads a copied column is told so by command, job and report."""

from typing import Any

import numpy as np
import pytest

from annotation.flow.agree import agreement_report
from annotation.flow.agree.copies import in_words, load_warnings
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db


WARNING: dict[str, Any] = {
    "kind": "identical_ratings",
    "rubric": "small@1",
    "annotators": ["ana", "bo"],
    "responses": 50,
    "ratings": 50,
    "equal": 0.98,
}


def test_a_copied_column_is_in_the_report_and_after_a_load() -> None:
    project = make_project()
    ana, chen = np.random.default_rng(0).integers(1, 7, size=(2, 50)).tolist()
    judged(project, list(zip(ana, [*ana[:-1], 7 - ana[-1]], chen, strict=True)))
    assert agreement_report(project, ["system"], resamples=None)["warnings"] == [WARNING]
    assert load_warnings(project) == [WARNING]


def test_people_who_agree_are_not_warned_of() -> None:
    project = make_project()
    judged(project, [[4, 4, 5], [3, 3, 3], [2, 3, 2]])
    assert agreement_report(project, resamples=None)["warnings"] == []


def test_the_warning_names_the_two_and_what_most_often_is_behind_it() -> None:
    assert in_words(WARNING | {"ratings": 1234, "equal": 0.9945}) == (
        "ana and bo gave the same score in 99.5 % of 1,234 cases (small@1). "
        "Most often this is a column that was copied by mistake."
    )
    assert "in 98 % of 50 cases" in in_words(WARNING)
