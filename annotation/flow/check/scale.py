"""The scale of a scorer's values: declared, or else the rubric's. A file on another scale is refused until it is declared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.models import ScorerScore

MOST = 0.5  # of the values may lie outside
NARROW = 0.25  # of the range: values that all lie within so little of it are of another scale
FEW = 10  # values: fewer may lie close together by chance
UNIT = (-1.0, 1.0)  # where similarities and probabilities lie


@dataclass(frozen=True)
class Scale:
    """The declared ends of a scale: its lowest value stands for the lowest of the rubric's range, its highest for the highest."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:g}:{self.high:g}"


class Point(NamedTuple):
    """A score on the rubric's range."""

    value: float
    state: ScorerScore.State


class Placed(NamedTuple):
    """A score as the file has it, and the range of the rubric on which it counts. `fixed`: whatever scale is declared."""

    raw: float
    low: float
    high: float
    fixed: bool


def parse_scale(text: str) -> Scale | None:
    """As in 0:10; None for an empty text. Raises Refused."""
    if not text.strip():
        return None
    try:
        low, high = map(float, text.split(":"))
    except ValueError:
        low, high = 0.0, 0.0
    if not (isfinite(low) and isfinite(high) and low < high):
        raise Refused(_('scale: expected the lowest and the highest value, as in 0:10, not "%(text)s"') % {"text": text[:100]})
    return Scale(low, high)


def point(score: Placed, scale: Scale | None) -> Point:
    """In points of the rubric. What lies outside the scale counts at its nearest end, and is CLIPPED."""
    low, high = (score.low, score.high) if scale is None or score.fixed else (scale.low, scale.high)
    within = min(max(score.raw, low), high)
    value = score.low + (within - low) / (high - low) * (score.high - score.low) if (low, high) != score[1:3] else within
    return Point(value, ScorerScore.State.READ if within == score.raw else ScorerScore.State.CLIPPED)


def refuse_another_scale(scores: Mapping[str, Sequence[Placed]], name: str) -> None:
    """`scores` has those of each criterion, and of the overall. Raises Refused where they are not on the rubric's scale: most
    lie outside, or all within so little of it that a similarity or another scale is likelier.

    Values that are all the same are taken: they say nothing of their scale, and the report says what they are worth.
    """
    for of_one in scores.values():
        placed = [score for score in of_one if not score.fixed]
        if placed:
            refuse_another_scale_of_one(np.array([score[:3] for score in placed], dtype=float).T, name)


def refuse_another_scale_of_one(scores: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", name: str) -> None:
    raw, lows, highs = scores
    low, high, least, most = lows.min(), highs.max(), raw.min(), raw.max()
    outside = int(((raw < lows) | (raw > highs)).sum())
    told = {"file": name, "outside": f"{outside:,}", "count": f"{len(raw):,}", "low": f"{low:g}", "high": f"{high:g}"}
    told |= {"least": f"{least:g}", "most": f"{most:g}"}
    if outside > MOST * len(raw):
        raise Refused(
            _(
                "%(file)s: %(outside)s of %(count)s scores lie outside the rubric's scale, %(low)s to %(high)s; they go from"
                " %(least)s to %(most)s. Declare their scale, as in 0:10 (--scale)."
            )
            % told
        )
    if is_narrow(raw, float(high - low)):
        raise Refused(
            _(
                "%(file)s: all %(count)s scores lie from %(least)s to %(most)s, and the rubric's scale goes from %(low)s to"
                " %(high)s. Declare their scale, as in 0:1 (--scale)."
            )
            % told
        )


def is_narrow(raw: "np.ndarray[tuple[int], np.dtype[np.float64]]", width: float) -> bool:
    """Whether the values, not all the same, lie from -1 to 1 on a range at least four times as wide as from 0 to 1; or whether
    ten or more of them, not all whole numbers, lie within a quarter of the range."""
    spread = np.ptp(raw)
    if spread == 0:
        return False
    if UNIT[0] <= raw.min() and raw.max() <= UNIT[1] and NARROW * width >= 1:
        return True
    return len(raw) >= FEW and bool(spread <= NARROW * width) and bool((raw != np.round(raw)).any())
