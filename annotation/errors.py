"""The errors that the flow raises. Each message is for the person who asked; views turn the classes into status codes."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.quoting import NOTHING, beginning_of, quoted

# messages are made of these too
__all__ = ["beginning_of", "quoted"]


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
    """One field of one record is not as expected; `value` is what stands there. Faults of one `kind` are counted together:
    it is the error, unless that names what differs from record to record. `beside` are others that were found with it."""

    def __init__(self, field: str, error: str, value: Any = NOTHING, *, kind: str = "") -> None:
        super().__init__(error)
        self.field = field
        self.quote = "" if value is NOTHING else quoted(value)
        self.error = f"{self.quote}: {error}" if self.quote else error
        self.kind = kind or error
        self.beside: tuple[Fault, ...] = ()

    @property
    def all(self) -> tuple["Fault", ...]:
        return (self, *self.beside)


@contextmanager
def collecting(faults: list[Fault]) -> Iterator[None]:
    """Add a Fault that is raised inside, and those beside it, to the others."""
    try:
        yield
    except Fault as fault:
        faults += fault.all


def raise_all(faults: list[Fault]) -> None:
    """Raise the first of the faults, with the others beside it; nothing where there is none."""
    if faults:
        first, *others = faults
        first.beside = tuple(others)
        raise first


MOST_REJECTIONS = 50_000  # in one report: the records behind them are not read
MOST_ALONE = 3  # faults of a kind that have a line each
MOST_QUOTES = 3  # of different values in the line for a kind
PLACE = re.compile(r"\[\d+\]")  # of a block in its list


@dataclass(frozen=True)
class Rejection:
    """A Fault with the number of its record, from 1."""

    record: int
    field: str
    error: str
    kind: str = ""
    quote: str = ""

    @classmethod
    def of(cls, record: int, fault: Fault) -> "Rejection":
        return cls(record, fault.field, fault.error, fault.kind, fault.quote)

    def __post_init__(self) -> None:
        object.__setattr__(self, "field", storable(self.field))
        object.__setattr__(self, "error", storable(self.error))

    def __str__(self) -> str:
        return f"record {self.record}, {self.field}: {self.error}"

    def as_dict(self) -> dict[str, Any]:
        return {"record": self.record, "field": self.field, "error": self.error}


@dataclass(frozen=True)
class FaultKind:
    """Faults of one kind: how many, and the first record that has one."""

    field: str
    error: str
    count: int
    first: int

    def __str__(self) -> str:
        told = {"count": f"{self.count:,}", "first": f"{self.first:,}"}
        return f"{self.field}: {self.error}: " + _("%(count)s times, first in record %(first)s") % told


def fault_kinds(rejections: Iterable[Rejection]) -> list[tuple[FaultKind, list[Rejection]]]:
    """The kinds with their rejections, in the order of these."""
    groups: dict[tuple[str, str], list[Rejection]] = {}
    for rejection in rejections:
        key = (PLACE.sub("[…]", rejection.field), rejection.kind or rejection.error)
        groups.setdefault(key, []).append(rejection)
    return [(kind_of(place, group), group) for (place, _kind), group in groups.items()]


def kind_of(place: str, group: list[Rejection]) -> FaultKind:
    """`place` is the field where the rejections have different ones."""
    first, quotes = group[0], list(dict.fromkeys(rejection.quote for rejection in group))
    field = first.field if all(rejection.field == first.field for rejection in group) else place
    error = first.error
    if first.quote and len(quotes) > 1:
        more = len(quotes) - MOST_QUOTES
        listed = ", ".join(quotes[:MOST_QUOTES])
        if more > 0:
            listed = ngettext("%(values)s and %(more)s more", "%(values)s and %(more)s more", more) % {
                "values": listed, "more": f"{more:,}",
            }  # fmt: skip
        error = listed + error.removeprefix(first.quote)
    return FaultKind(field, error, len(group), min(rejection.record for rejection in group))


def too_many_faults() -> Fault:
    """The last fault of a report that has MOST_REJECTIONS."""
    return Fault("record", _("more than %(most)s faults: nothing from here on was looked at") % {"most": f"{MOST_REJECTIONS:,}"})


class Rejected(Refused):
    """A file was refused whole, for each of these rejections. `advice` is a sentence on what helps against many of them."""

    def __init__(self, file: str, rejections: list[Rejection], *, advice: str = "") -> None:
        super().__init__(file)
        self.rejections = rejections
        self.advice = advice

    def __str__(self) -> str:
        """A line for each rejection; for many of one kind, one line."""
        groups = [(kind, group) for kind, group in fault_kinds(self.rejections) if len(group) > MOST_ALONE]
        together = {id(rejection) for _kind, group in groups for rejection in group}
        lines = {id(group[0]): str(kind) for kind, group in groups}
        lines |= {id(rejection): str(rejection) for rejection in self.rejections if id(rejection) not in together}
        return "\n".join(f"{self.message}: {lines[id(one)]}" for one in self.rejections if id(one) in lines)

    def report(self) -> dict[str, Any]:
        """As a command prints it and a job keeps it."""
        kinds = [kind for kind, _group in fault_kinds(self.rejections)]
        return {"rejected": [rejection.as_dict() for rejection in self.rejections], "kinds": [vars(kind) for kind in kinds]}
