"""What the flow refuses, by name. Each message is for the person who asked; views turn the kinds into status codes."""

from dataclasses import dataclass


class Refused(Exception):
    """The request cannot be carried out; nothing was stored."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Invalid(Refused):
    """What was sent is incomplete or out of range; `fields` names each fault."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(f"{field}: {fault}" for field, fault in fields.items()))
        self.fields = fields


class NoLongerYours(Refused):
    """The slot went to someone else, was given back or is submitted already."""


class AlreadyDone(Refused):
    """The step was taken before."""


@dataclass(frozen=True)
class Rejection:
    """One fault of a file: the record's number from 1, its field, and what was expected."""

    record: int
    field: str
    error: str

    def __str__(self) -> str:
        return f"record {self.record}, {self.field}: {self.error}"


class Rejected(Refused):
    """A file was refused whole."""

    def __init__(self, file: str, rejections: list[Rejection]) -> None:
        super().__init__("\n".join(f"{file}: {rejection}" for rejection in rejections))
        self.rejections = rejections
