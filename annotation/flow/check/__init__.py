"""Holds a scorer's scores against labels."""

from annotation.flow.check.scorer import check_scorer

__all__ = ["check_scorer"]
