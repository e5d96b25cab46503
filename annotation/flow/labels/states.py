"""The state of each response's label, by which responses are filtered; a response can be in several."""

from collections.abc import Iterable

import numpy as np
from django.utils.translation import gettext_lazy as _

from annotation.flow.judgements import Array
from annotation.flow.labels.rule import LEFT_OUT, Outcomes

CHANGED, REVISED = "changed", "revised"
LABEL_STATES = {
    "agreed": _("agreed"),
    "adjudicated": _("adjudicated"),
    **LEFT_OUT,
    CHANGED: _("scores changed since"),
    REVISED: _("resting on a revision"),
}


def tasks_by_state(outcomes: Iterable[Outcomes]) -> dict[str, Array]:
    """Per state the primary keys of its responses, in no order."""
    parts: dict[str, list[Array]] = {state: [] for state in LABEL_STATES}
    for part in outcomes:
        for state, mask in masks(part).items():
            parts[state].append(part.matrix.tasks[mask])
    return {state: np.concatenate([np.array([], dtype=np.int64), *tasks]) for state, tasks in parts.items()}


def masks(outcomes: Outcomes) -> dict[str, Array]:
    left_out = outcomes.left_out
    labelled, decided = left_out == "", np.logical_or.reduce([outcomes.decided[key] for key in outcomes.values])
    return (
        {"agreed": labelled & ~decided, "adjudicated": labelled & decided}
        | {reason: left_out == reason for reason in LEFT_OUT}
        | {CHANGED: outcomes.changed, REVISED: outcomes.revised}
    )
