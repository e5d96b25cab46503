"""Whether the labels are enough to say how a scorer ranks and how lenient it is, and about how many would be.

They are too few where there is no interval, or where it reaches from what would be good to what would be bad.
"""

from math import atanh, ceil
from typing import Any

from annotation.agreement.reasons import FEW_QUERIES

GOOD_CORRELATION, LOW_CORRELATION = 0.7, 0.4  # the first is customary (Williamson, Xi & Breyer 2012)
WHOLE_POINT = 1.0
# On Fisher's scale an interval of r that is narrower cannot hold both. That of n labels of n queries is 2 · 1.96 / √(n - 3) wide.
NARROW = atanh(GOOD_CORRELATION) - atanh(LOW_CORRELATION)
WITHOUT_INTERVAL = 3 + (2 * 1.96 / NARROW) ** 2
EXACT = 1e-9  # of r: scores on a line with the labels have no interval, and need none

Figure = dict[str, Any]


def ranking_unclear(r: Figure) -> dict[str, Any] | None:
    """The part of a verdict, where the labels are too few to say how a scorer ranks. Of r with a value."""
    if r["low"] is None:
        few = r["no_interval"] is not None and (r["no_interval"] == FEW_QUERIES or abs(r["value"]) < 1 - EXACT)
        return {"key": "ranks_without_interval", "tone": "fair", "r": r["value"]} if few else None
    if r["low"] < LOW_CORRELATION and r["high"] >= GOOD_CORRELATION:
        return {"key": "ranks_unclear", "tone": "fair", "r": r["value"], "low": r["low"], "high": r["high"]}
    return None


def leniency_unclear(bias: Figure) -> dict[str, Any] | None:
    """The same of the bias: nothing, or a whole point."""
    if bias["no_interval"] == FEW_QUERIES:
        return {"key": "bias_without_interval", "tone": "fair", "points": bias["value"]}
    if bias["low"] is not None and bias["low"] <= 0 <= bias["high"] and max(-bias["low"], bias["high"]) >= WHOLE_POINT:
        return {"key": "bias_unclear", "tone": "fair", "points": bias["value"], "low": bias["low"], "high": bias["high"]}
    return None


def labels_needed(parts: list[dict[str, Any]], scored: int) -> int | None:
    """About how many labels would make the unclear `parts` clear, in tens: an interval narrows with the root of their number.
    None where no part is unclear, or more labels of the same kind would not help."""
    needed = max((needed_for(part, scored) for part in parts if part["key"] in UNCLEAR), default=0)
    return 10 * ceil(needed / 10) if needed > scored else None


def needed_for(part: dict[str, Any], scored: int) -> float:
    if part["key"] == "ranks_unclear":
        low, high = (atanh(max(-1 + EXACT, min(part[end], 1 - EXACT))) for end in ("low", "high"))
        return float(scored * ((high - low) / NARROW) ** 2)
    if part["key"] == "bias_unclear":
        return float(scored * ((part["high"] - part["low"]) / WHOLE_POINT) ** 2)
    return WITHOUT_INTERVAL


UNCLEAR = {"labels_alike", "ranks_without_interval", "ranks_unclear", "bias_without_interval", "bias_unclear"}
