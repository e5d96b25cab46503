"""Levels that annotators do not tell apart, and levels that nobody gives: per rubric and criterion."""

from typing import Any

from annotation.agreement.intervals import DEFAULT_RESAMPLES
from annotation.agreement.levels import LevelPair, confused_levels, unused_levels
from annotation.flow.judgements import RatingMatrix

Row = dict[str, Any]


def scales(matrices: list[RatingMatrix]) -> list[Row]:
    return [scale_of(matrix, criterion.key) for matrix in matrices for criterion in matrix.rated_criteria]


def scale_of(matrix: RatingMatrix, key: str) -> Row:
    ratings = matrix.values[key]
    unused, reason = unused_levels(ratings, matrix.scale)
    pairs = confused_levels(ratings, matrix.scale, queries=matrix.queries, resamples=DEFAULT_RESAMPLES)
    return {
        "rubric": matrix.rubric.name,
        "criterion": key,
        "unused": {"levels": unused, "reason": reason},
        "pairs": [pair_row(matrix, key, pair) for pair in pairs],
    }


def pair_row(matrix: RatingMatrix, key: str, pair: LevelPair) -> Row:
    """`both`: to so many responses some annotators gave the one level and others the other."""
    lower, upper = ((matrix.values[key] == level).any(axis=0) for level in pair.levels)
    return {
        "levels": pair.levels,
        "both": int((lower & upper).sum()),
        "shift": pair.shift.plain(interval=True),
        "expected": pair.expected,
        "evidence": pair.evidence,
        "confused": pair.confused,
        "reason": pair.reason,
    }
