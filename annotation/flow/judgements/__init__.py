"""Judgements. Read matrix (the arrays), revisions (which judgements they take), reader (reads them), then cache.

other_rule applies the overall of another version of the rubric.
"""

from annotation.flow.judgements.cache import A_MINUTE, AT_ONCE, ProjectCache
from annotation.flow.judgements.matrix import Array, RatingMatrix, TaskColumn
from annotation.flow.judgements.reader import Judgements, rating_matrices, read_judgements, read_matrices
from annotation.flow.judgements.revisions import Purpose

__all__ = [
    "AT_ONCE",
    "A_MINUTE",
    "Array",
    "Judgements",
    "ProjectCache",
    "Purpose",
    "RatingMatrix",
    "TaskColumn",
    "rating_matrices",
    "read_judgements",
    "read_matrices",
]
