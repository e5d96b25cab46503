"""One thing that happened: when, who, what, to whose work, and the details."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from annotation.models import Event, User


class What:
    """What no event tells, as rows of their own do. All else that happens is one of Event.Verb."""

    REFERENCE_REVISED = "reference_revised"
    CLAIMED = "claimed"
    SUBMITTED = "submitted"


# Of things at the same time, this order.
ORDER = (
    Event.Verb.ITEMS_LOADED,
    What.REFERENCE_REVISED,
    Event.Verb.REFERENCE_APPROVED,
    What.CLAIMED,
    What.SUBMITTED,
    Event.Verb.REVISED,
)


@dataclass(frozen=True)
class Happening:
    """`what`: one of Event.Verb or What. `about`: the annotator or adjudicator whose work it concerns, where that is not `by`.

    Details that several kinds have: "text" (a reason, note or comment in somebody's own words), "round" (of the case), "scores"
    ([{"key", "title", "answer"}]), "changes" ([{"key", "title", "from", "to"}]), "decisions" ([{"key", "title", "blind",
    "decision", "cause", "reason"}]).
    """

    at: datetime
    what: str
    by: User | None
    task: int | None = None
    about: User | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> tuple[datetime, int]:
        """By which a history is sorted."""
        return self.at, ORDER.index(self.what) if self.what in ORDER else len(ORDER)
