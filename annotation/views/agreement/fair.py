"""The section of the agreement page about fair labels."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from annotation.views.agreement.drilldown_url import criterion_title
from annotation.views.agreement.labels import REASONS
from rubrics.models import Rubric


class FairRow(NamedTuple):
    """One criterion: either `reason` and the `groups` that it is about, or the figures."""

    rubric: str
    title: str
    items: int
    distance: float | None
    error: float | None
    reason: Any
    groups: list[list[str]]


def fair_rows(rows: Iterable[dict[str, Any]], rubrics: list[Rubric]) -> list[FairRow]:
    """From the report's."""
    return [
        FairRow(
            rubric=row["rubric"],
            title=criterion_title(row["rubric"], row["criterion"], rubrics),
            items=row["items"],
            distance=row["mean_absolute_difference"],
            error=row["mean_se"],
            reason=REASONS.get(row["reason"], row["reason"]),
            groups=row["groups"],
        )
        for row in rows
    ]
