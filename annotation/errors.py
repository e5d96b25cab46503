"""What the flow refuses, by name. Each message is for the person who asked; views turn the kinds into status codes."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


def storable(text: str) -> str:
    """What a file says may be told back with its faults: without what a database cannot hold."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


class Refused(Exception):
    """The request cannot be carried out; nothing was stored."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = storable(str(message))

    def __str__(self) -> str:
        return str(self.message)


class ValidationError(Refused):
    """What was sent is incomplete or out of range; `fields` names each fault."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(f"{field}: {fault}" for field, fault in fields.items()))
        self.fields = fields


class NoLongerYours(Refused):
    """The slot went to someone else, was given back or is submitted already."""


class AlreadyDone(Refused):
    """The step was taken before."""


class DraftConflict(Refused):
    """Another page wrote since this one looked: what it wrote stands, under its version."""

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


MOST_REJECTIONS = 50_000  # in one report: what comes after so many is not looked at


@dataclass(frozen=True)
class Rejection:
    """One fault of a file: the record's number from 1, its field, and what was expected."""

    record: int
    field: str
    error: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "field", storable(self.field))
        object.__setattr__(self, "error", storable(self.error))

    def __str__(self) -> str:
        return f"record {self.record}, {self.field}: {self.error}"


def too_many_faults() -> Fault:
    return Fault("record", _("more than %(most)s faults: nothing from here on was looked at") % {"most": f"{MOST_REJECTIONS:,}"})


class Rejected(Refused):
    """A file was refused whole."""

    def __init__(self, file: str, rejections: list[Rejection]) -> None:
        super().__init__(file)
        self.rejections = rejections

    def __str__(self) -> str:
        return "\n".join(f"{self.message}: {rejection}" for rejection in self.rejections)
