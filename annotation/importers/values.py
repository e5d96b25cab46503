"""Reads single values of records, in whatever file they stand: texts, and the names by which records are told apart."""

import re
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import Fault
from annotation.fields import is_empty, is_text, is_whole
from annotation.limits import LONGEST_NAME

SHORTENED = re.compile(r"\d[.,]?\d*E\+\d+")  # as a spreadsheet writes a long number


def checked_text(value: Any, field: str, longest: int) -> str:
    """The text as it is. Raises Fault, which tells a file's author what is wrong with it."""
    if is_text(value, longest):
        return value
    if not isinstance(value, str):
        raise Fault(field, _("expected a text"), value)
    if "\0" in value:
        raise Fault(field, _("a NUL character cannot be stored"), value)
    told = {"longest": f"{longest:,}", "length": f"{len(value):,}"}
    error = _("expected at most %(longest)s characters, not %(length)s")
    raise Fault(field, error % told, value, kind=error)


def as_text(value: Any) -> Any:
    """A whole number as a text, as it is written. Anything else as it is."""
    return str(value) if is_whole(value) else value


def read_name(value: Any, field: str) -> str:
    """An id, a system, a criterion, an annotator: a text that is not empty, or a whole number."""
    name = checked_text(as_text(value), field, LONGEST_NAME)
    if is_empty(name):
        raise Fault(field, _("expected a text that is not empty"), value)
    return name


def read_name_or_none(value: Any, field: str) -> str:
    """A text; none is an empty text."""
    return "" if value is None else checked_text(value, field, LONGEST_NAME)
