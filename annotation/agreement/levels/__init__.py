"""Levels of a criterion: those that annotators do not tell apart, or never give, and those that adjudicators decided. Read noise
(how ratings come about), then confused; unused; decided."""

from annotation.agreement.levels.confused import LevelPair, confused_levels
from annotation.agreement.levels.decided import changes, directions
from annotation.agreement.levels.unused import unused_levels

__all__ = ["LevelPair", "changes", "confused_levels", "directions", "unused_levels"]
