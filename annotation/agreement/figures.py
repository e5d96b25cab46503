"""What every measure returns: a value with its interval, or the reason why there is none."""

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True)
class Figure:
    """`value` is never rounded; it is None exactly when `reason` says why. `n` is how many responses it rests on.

    `low` and `high` are the 95 % interval, both or neither. Where one was asked for and there is none, `no_interval` says
    why; a figure without a value says it once, in `reason`.
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
            raise ValueError("undefined is said with its reason, never with NaN or infinity")
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has both ends")
        if self.low is not None and self.high is not None and (self.value is None or self.low > self.high):
            raise ValueError("an interval is around a value, its lower end first")
        if self.no_interval is not None and (self.value is None or self.low is not None or not self.no_interval):
            raise ValueError("an interval is there or has a reason, and a figure without a value has one reason")

    def plain(self, *, interval: bool) -> dict[str, float | int | str | None]:
        """As a report says it; without `interval` nothing is said of one."""
        found: dict[str, float | int | str | None] = {"value": self.value, "n": self.n, "reason": self.reason}
        return found | {"low": self.low, "high": self.high, "no_interval": self.no_interval} if interval else found
