"""The errors that the flow raises. Each message is for the person who asked; views turn the classes into status codes."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def storable(text: str) -> str:
    """The text without what a database cannot store: messages quote from files."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


class Refused(Exception):
    """The request cannot be carried out; nothing was stored."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = storable(str(message))

    def __str__(self) -> str:
        return str(self.message)


MOST_FAULTS = 100  # in one answer; a sound form has fewer fields than that
LONGEST_FIELD = 200  # characters of a name that is sent back


class ValidationError(Refused):
    """What was sent is incomplete or out of range; `fields` has the fault of each field, of the first MOST_FAULTS where there
    are `more`."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = {field[:LONGEST_FIELD]: fault for field, fault in islice(fields.items(), MOST_FAULTS)}
        self.more = max(0, len(fields) - MOST_FAULTS)
        told = [f"{field}: {fault}" for field, fault in self.fields.items()]
        if self.more:
            told.append(ngettext("And %(more)s more.", "And %(more)s more.", self.more) % {"more": f"{self.more:,}"})
        super().__init__(" ".join(told))


class NoLongerYours(Refused):
    """The slot went to someone else, was given back or is submitted already."""


class AlreadyDone(Refused):
    """The step was done before."""


class DraftConflict(Refused):
    """Another page saved a draft since this page read it; that draft stands, under its version."""

    def __init__(self, message: str, *, version: int, draft: dict[str, Any]) -> None:
        super().__init__(message)
        self.version = version
        self.draft = draft


class Fault(Exception):
    """One field of one record is not as expected."""

    def __init__(self, field: str, error: str) -> None:
        super().__init__(error)
        self.field = field
        self.error = error


MOST_REJECTIONS = 50_000  # in one report: the records behind them are not read


@dataclass(frozen=True)
class Rejection:
    """A Fault with the number of its record, from 1."""

    record: int
    field: str
    error: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "field", storable(self.field))
        object.__setattr__(self, "error", storable(self.error))

    def __str__(self) -> str:
        return f"record {self.record}, {self.field}: {self.error}"


def too_many_faults() -> Fault:
    """The last fault of a report that has MOST_REJECTIONS."""
    return Fault("record", _("more than %(most)s faults: nothing from here on was looked at") % {"most": f"{MOST_REJECTIONS:,}"})


class Rejected(Refused):
    """A file was refused whole, for each of these rejections."""

    def __init__(self, file: str, rejections: list[Rejection]) -> None:
        super().__init__(file)
        self.rejections = rejections

    def __str__(self) -> str:
        return "\n".join(f"{self.message}: {rejection}" for rejection in self.rejections)
