"""First judgements. Read matrix (the arrays), then first_judgements (reads them from the database), then cache."""

from annotation.flow.judgements.cache import A_MINUTE, AT_ONCE, ProjectCache
from annotation.flow.judgements.first_judgements import feedback_of, rating_matrices, read_matrices
from annotation.flow.judgements.matrix import Array, RatingMatrix, TaskColumn

__all__ = [
    "AT_ONCE",
    "A_MINUTE",
    "Array",
    "ProjectCache",
    "RatingMatrix",
    "TaskColumn",
    "feedback_of",
    "rating_matrices",
    "read_matrices",
]
