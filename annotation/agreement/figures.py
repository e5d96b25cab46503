"""What every measure returns: a value with its interval, or the reason why there is none."""

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True)
class Figure:
    """`value` is never rounded; it is None exactly when `reason` says why. `n` is how many responses it rests on.

    `low` and `high` are the 95 % interval, both or neither. Where one was asked for and there is none, `no_interval` says
    why; a figure without a value has `reason` alone.
    """

    value: float | None
    n: int
    reason: str | None = None
    low: float | None = None
    high: float | None = None
    no_interval: str | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None) or self.reason == "":
            raise ValueError("a figure has either a value or a reason")
        if any(number is not None and not isfinite(number) for number in (self.value, self.low, self.high)):
            raise ValueError("an undefined figure has a reason, never NaN or infinity")
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has both ends")
        if self.low is not None and self.high is not None and (self.value is None or self.low > self.high):
            raise ValueError("an interval is around a value, its lower end first")
        if self.no_interval is not None and (self.value is None or self.low is not None or not self.no_interval):
            raise ValueError("a figure with a value has an interval or the reason for none, and a figure without has neither")

    def plain(self, *, interval: bool) -> dict[str, float | int | str | None]:
        """The figure as reports have it in JSON; `interval` adds its ends and the reason why there are none."""
        fields: dict[str, float | int | str | None] = {"value": self.value, "n": self.n, "reason": self.reason}
        return fields | {"low": self.low, "high": self.high, "no_interval": self.no_interval} if interval else fields
