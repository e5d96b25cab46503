"""Warnings of annotators whose ratings are the same on nearly everything: most often a column was copied by mistake."""

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from annotation.agreement import copies
from annotation.flow.judgements import RatingMatrix, rating_matrices
from annotation.models import Project

IDENTICAL = "identical_ratings"


def load_warnings(project: Project) -> list[dict[str, Any]]:
    """What a manager should know after a load of scores, as the agreement report has it under `warnings`."""
    return identical_ratings(rating_matrices(project))


def identical_ratings(matrices: list[RatingMatrix]) -> list[dict[str, Any]]:
    """A row per rubric and pair of annotators: how many responses and ratings they share, and the share that is equal."""
    return [
        {
            "kind": IDENTICAL,
            "rubric": matrix.rubric.name,
            "annotators": [matrix.annotators[pair.first], matrix.annotators[pair.second]],
            "responses": pair.responses,
            "ratings": pair.ratings,
            "equal": pair.equal,
        }
        for matrix in matrices
        for pair in copies(np.array([matrix.values[item.key] for item in matrix.rated_criteria]), matrix.submitted)
    ]


def in_words(warning: dict[str, Any]) -> str:
    first, second = warning["annotators"]
    return _(
        "%(first)s and %(second)s gave the same score in %(share)s %% of %(ratings)s cases (%(rubric)s). "
        "Most often this is a column that was copied by mistake."
    ) % {
        "first": first,
        "second": second,
        "share": f"{100 * warning['equal']:.1f}".removesuffix(".0"),
        "ratings": f"{warning['ratings']:,}",
        "rubric": warning["rubric"],
    }
