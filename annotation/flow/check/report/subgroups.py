"""Where a scorer errs: by system, category and field, and by the length and the images of a response."""

from typing import Any

import numpy as np

from annotation.agreement.figures import Figure
from annotation.agreement.scorer import Bands, Kind, Look, bands, errors_by
from annotation.flow.check.report.scored import Array, Scored

KINDS = ("system", "category", "field")
COUNTED = ("length", "images")  # of which slopes and bands are reported; blocks go with them
PARTS = ("bias", "mae", "standardised")


def subgroups(scored: Scored) -> dict[str, Any]:
    """By feature: its kinds with bias and mean absolute error, what each has beyond all others, and the share of the error that
    the feature explains; of what is counted, by how much an error grows with each unit. All looks are corrected together."""
    values = {name: np.unique(scored.about[name], return_inverse=True) for name in KINDS}
    cut = {name: bands(scored.numbers[name]) for name in COUNTED}
    groups = {name: places for name, (_values, places) in values.items()} | {name: part.groups for name, part in cut.items()}
    errors = errors_by(
        scored.scores,
        scored.labels,
        groups=groups,
        numbers={name: scored.numbers[name] for name in COUNTED},
        queries=scored.queries,
    )
    report: dict[str, Any] = {}
    for name in (*KINDS, *COUNTED):
        report[name] = {
            "explained": {
                "error": plain_share(errors.explained[name].error),
                "squared_error": plain_share(errors.explained[name].squared_error),
            },
            "kinds": [
                named(name, kind, values, cut) | {"n": kind.bias.figure.n} | plain_kind(kind) for kind in errors.kinds[name]
            ],
        }
    for name in COUNTED:
        slope = errors.slopes[name]
        report[name]["slope"] = {"bias": plain_look(slope.bias), "mae": plain_look(slope.mae)}
    return report


def named(name: str, kind: Kind, values: dict[str, tuple[Array, Array]], cut: dict[str, Bands]) -> dict[str, Any]:
    if name in values:
        return {"value": str(values[name][0][kind.group])}
    low, high = cut[name].ends[kind.group]
    return {"from": int(low), "to": int(high)}


def plain_share(share: Figure) -> dict[str, Any]:
    """Of few responses a large share comes by chance alone: only one whose interval lies above 0 is a finding."""
    return share.plain(interval=True) | {"beyond_chance": share.low is not None and share.low > 0}


def plain_kind(kind: Kind) -> dict[str, Any]:
    return {part: getattr(kind, part).plain(interval=True) for part in PARTS} | {
        part: plain_look(getattr(kind, part)) for part in ("bias_difference", "mae_difference")
    }


def plain_look(look: Look) -> dict[str, Any]:
    """`adjusted` is the p-value after the correction for all looks of the report."""
    tested = {"p": look.p, "adjusted": look.adjusted, "beyond_chance": look.beyond_chance}
    return look.estimate.plain(interval=True) | tested
