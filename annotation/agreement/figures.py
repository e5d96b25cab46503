"""What every measure returns: a value, or the reason why there is none."""

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True)
class Figure:
    """`value` is never rounded; it is None exactly when `reason` says why. `n` is how many responses it rests on."""

    value: float | None
    n: int
    reason: str | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None) or self.reason == "":
            raise ValueError("a figure has either a value or a reason")
        if self.value is not None and not isfinite(self.value):
            raise ValueError("undefined is said with its reason, never with NaN or infinity")


NO_RATINGS = "nothing has been rated"
ONE_ANNOTATOR = "only one annotator has rated"
NO_OVERLAP = "no response has two ratings"
NO_VARIATION = "every rating is the same"
NO_SCORES = "no response has both a score and a label"
ONE_SCORE = "only one response has both a score and a label"
CONSTANT = "the scores or the labels are all the same"
ALL_ZERO = "the scores or the labels are all zero"
