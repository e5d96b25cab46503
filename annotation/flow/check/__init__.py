"""Compares a scorer's scores with labels: scorer."""

from annotation.flow.check.scorer import check_scorer

__all__ = ["check_scorer"]
