"""Levels that are not told apart: how often a planted merge is called one, and how often anything is where nothing is planted.

Annotators perceive a quality with noise and give the nearest level. Where two levels are merged, who would give one of them
tosses a coin between the two.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from annotation.agreement.levels import LevelPair, confused_levels

SCALE = range(1, 7)
EVEN, BELL, SKEWED = (1, 1, 1, 1, 1, 1), (8, 17, 25, 25, 17, 8), (5, 5, 10, 20, 30, 30)
STUDIES, WHERE_MERGED = 400, 100


@dataclass(frozen=True)
class Panel:
    """How the annotators of a study rate. `use` has the weight of each true level; without it quality is normal. `rounded`:
    they err by whole levels, and by one at most."""

    name: str
    annotators: int = 3
    responses: int = 200
    use: tuple[int, ...] | None = None
    noise: float = 0.68
    severity: float = 0.0
    slips: float = 0.0
    rounded: bool = False

    def rate(self, seed: int, merged: int | None = None) -> Any:
        """Ratings, annotators x responses; `merged` is the lower of the two levels."""
        random = np.random.default_rng((seed, merged or 0))
        shape = (self.annotators, self.responses)
        if self.use is None:
            quality = random.normal(3.5, 1.0, self.responses)
        else:
            quality = 1.0 + random.choice(6, self.responses, p=np.array(self.use) / sum(self.use))
        errors = (
            random.choice([-1.0, 0.0, 1.0], shape, p=[0.24, 0.52, 0.24]) if self.rounded else random.normal(0, self.noise, shape)
        )
        ratings = np.clip(np.rint(quality + random.normal(0, self.severity, (self.annotators, 1)) + errors), 1, 6)
        ratings = np.where(random.random(shape) < self.slips, random.integers(1, 7, shape), ratings)
        if merged is not None:
            coin = merged + random.integers(0, 2, shape)
            ratings = np.where((ratings == merged) | (ratings == merged + 1), coin, ratings)
        return ratings


TYPICAL = Panel("typical")
PANELS = [
    TYPICAL,
    Panel("levels in the middle used more", use=BELL, noise=0.72),
    Panel("levels used evenly", use=EVEN, noise=0.8),
    Panel("low levels seldom used", use=SKEWED, noise=0.8),
    Panel("errors of one level", use=BELL, rounded=True),
    Panel("severity", use=BELL, severity=0.3),
    Panel("5 % slips", use=BELL, slips=0.05),
    replace(TYPICAL, name="two annotators", annotators=2),
    replace(TYPICAL, name="five annotators", annotators=5),
    replace(TYPICAL, name="two annotators, 400 responses", annotators=2, responses=400),
    replace(TYPICAL, name="100 responses", responses=100),
]


def confused(ratings: Any) -> list[int]:
    """The lower levels of the pairs that are called confused."""
    return [pair.levels[0] for pair in examined(ratings) if pair.confused]


def examined(ratings: Any) -> list[LevelPair]:
    return confused_levels(ratings, SCALE)


def agreement(ratings: Any) -> tuple[float, float]:
    gaps = [np.abs(one - other) for place, one in enumerate(ratings) for other in ratings[:place]]
    return float(np.mean(np.array(gaps) == 0)), float(np.mean(np.array(gaps) <= 1))


def found_of(panel: Panel, studies: int) -> Iterator[tuple[float, float]]:
    """Per pair of levels that is merged, the share of studies in which it is called confused, and in which others are."""
    for merged in range(1, 6):
        called = [confused(panel.rate(seed, merged)) for seed in range(studies)]
        yield (np.mean([merged in lowers for lowers in called]), np.mean([bool(set(lowers) - {merged}) for lowers in called]))


def levels() -> None:
    start = time.perf_counter()
    print("Levels that are not told apart: false alarms per study; for each pair merged, found, and (others called confused)")
    for panel in PANELS:
        studies = [panel.rate(seed) for seed in range(STUDIES)]
        exact, adjacent = np.mean([agreement(ratings) for ratings in studies], axis=0)
        alarms = np.mean([bool(confused(ratings)) for ratings in studies])
        found = "  ".join(f"{share:4.0%} ({others:.0%})" for share, others in found_of(panel, WHERE_MERGED))
        print(f"  {panel.name:<32} exact {exact:.2f} adjacent {adjacent:.2f}   alarms {alarms:5.1%}   found {found}", flush=True)
    print(f"  {time.perf_counter() - start:.0f} s")
