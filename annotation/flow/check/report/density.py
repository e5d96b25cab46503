"""The plots of a scorer as counts: how many responses lie in each square, so that a report stays small and names no response."""

from typing import Any

import numpy as np

from annotation.agreement.scorer import calibration, confusion
from annotation.agreement.scorer.calibration import Level
from annotation.flow.check.report.scored import Scored

SQUARES_A_POINT = 4


def plots(scored: Scored) -> dict[str, Any]:
    """The scatter of score over label, the difference over their mean with its limits of agreement (mean ± 1.96 SD: Bland &
    Altman 1986), calibration by level, and the confusion of levels (rows are labels, columns scores)."""
    low, high = scored.levels[0], scored.levels[-1]
    differences = scored.scores - scored.labels
    size = high - low
    few = len(differences) < 2
    spread = None if few else float(differences.std(ddof=1))
    middle = None if few else float(differences.mean())
    return {
        "range": [low, high],
        "scatter": squares(scored.labels, scored.scores, (low, high), (low, high)),
        "differences": {
            "squares": squares((scored.scores + scored.labels) / 2, differences, (low, high), (-size, size)),
            "mean": middle,
            "limits": None if spread is None or middle is None else [middle - 1.96 * spread, middle + 1.96 * spread],
        },
        "calibration": {name: levels_of(scored, name) for name in ("score", "label")},
        "confusion": {
            "levels": list(scored.levels),
            "counts": confusion(scored.scores, scored.labels, levels=scored.levels).tolist(),
        },
    }


def squares(x: Any, y: Any, of_x: tuple[int, int], of_y: tuple[int, int]) -> list[list[float]]:
    """Where there is a response: the middle of each square, x and y, and how many it holds. A square is a quarter of a point."""
    if not len(x):
        return []
    places = [place(values, low, high) for values, (low, high) in ((x, of_x), (y, of_y))]
    found, counts = np.unique(np.stack(places), axis=1, return_counts=True)
    middles = [(row / SQUARES_A_POINT + low).tolist() for row, (low, _high) in zip(found, (of_x, of_y), strict=True)]
    return [[across, up, int(count)] for across, up, count in zip(*middles, counts.tolist(), strict=True)]


def place(values: Any, low: int, high: int) -> Any:
    """The nearest quarter of a point above the lower end."""
    return np.clip(np.floor((values - low) * SQUARES_A_POINT + 0.5), 0, (high - low) * SQUARES_A_POINT).astype(np.int64)


def levels_of(scored: Scored, by: Any) -> list[dict[str, Any]]:
    parts: tuple[Level, ...] = calibration(
        scored.scores, scored.labels, scored.queries, by=by, levels=scored.levels, resamples=None
    )
    return [
        {"level": one.level, "n": one.n, "score": one.score.plain(interval=True), "label": one.label.plain(interval=True)}
        for one in parts
    ]
