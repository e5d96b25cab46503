"""Levels of a criterion that annotators do not tell apart, or never give. Read noise (how ratings come about), then confused
and unused."""

from annotation.agreement.levels.confused import LevelPair, confused_levels
from annotation.agreement.levels.unused import unused_levels

__all__ = ["LevelPair", "confused_levels", "unused_levels"]
