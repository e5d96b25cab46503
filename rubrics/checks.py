"""Checks of one field of a rubric file each; and what a refused file has wrong, field by field."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from config.quoting import quoted


class BadRubric(Exception):
    """A rubric is refused; the message names file and fields and what was expected. `fields` has the fault of each field."""

    def __init__(self, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


def bad_field(field: str, message: str, value: Any = None) -> BadRubric:
    """`message` begins with the field's name. It quotes the value, where there is one; what is shown beside the field does not:
    there the value stands."""
    expected = message.removeprefix(field).lstrip(":： ")
    return BadRubric(message if value is None else f"{field}: {quoted(value)}: {expected}", {field: expected})


class Faults:
    """Gathers the faults of many fields, so that a refusal names them all."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.messages: list[str] = []

    def check(self, check: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """What the check makes of the value; None where it refuses."""
        try:
            return check(*args, **named)
        except BadRubric as error:
            self.fields |= error.fields
            self.messages.append(str(error))
            return None

    def settle(self) -> None:
        """Raises BadRubric where there are any."""
        if self.messages:
            raise BadRubric("; ".join(self.messages), self.fields)


def mapping(value: Any, field: str, keys: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise bad_field(field, _("%(field)s: expected keys with values") % {"field": field}, value)
    if unknown := sorted(str(key) for key in set(value) - keys):
        raise bad_field(
            field,
            _("%(field)s: unknown %(keys)s; expected %(known)s")
            % {"field": field, "keys": ", ".join(unknown), "known": ", ".join(sorted(keys))},
        )
    return value


def text(value: Any, field: str, longest: int, *, empty: bool = False) -> str:
    if not isinstance(value, str) or len(value) > longest or not is_storable(value) or not (empty or value.strip()):
        expected = _("%(field)s: expected a text of at most %(longest)s characters")
        raise bad_field(field, expected % {"field": field, "longest": longest}, value)
    return value.strip()


def is_storable(value: str) -> bool:
    """Neither database takes NUL, nor half a surrogate pair, which JSON may hold."""
    return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)


def slug(value: Any, field: str) -> str:
    name = text(value, field, 100)
    if name != slugify(name):
        raise bad_field(field, _("%(field)s: expected small letters, digits and hyphens") % {"field": field}, value)
    return name


def whole(value: Any, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 1000:
        raise bad_field(field, _("%(field)s: expected a whole number") % {"field": field}, value)
    return value


def positive(value: Any, field: str) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 < value <= 10_000 or round(Decimal(str(value)), 3) != Decimal(str(value)):
        raise bad_field(field, _("%(field)s: expected a number above 0, to three decimals") % {"field": field}, value)
    return format(Decimal(str(value)).normalize(), "f")


def one_of(value: Any, field: str, choices: list[str]) -> str:
    if value not in choices:
        raise bad_field(field, _("%(field)s: expected one of %(known)s") % {"field": field, "known": ", ".join(choices)}, value)
    return str(value)
