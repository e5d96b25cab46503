"""Checks of single values, for what pages, scripts and files send. Knows nothing of models or of the flow."""

import re
import unicodedata
from typing import Any, TypeGuard

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from annotation.errors import quoted

WHOLE_NUMBER = re.compile(r"-?[0-9]+")
LONGEST_LANGUAGE = 35
# language, script, region, variants, extensions and a private part, as BCP 47 puts them together
LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?"
)


def is_text(value: Any, longest: int) -> TypeGuard[str]:
    """Whether this is a text of at most `longest` characters without NUL, which a database cannot store."""
    return isinstance(value, str) and len(value) <= longest and "\0" not in value


def is_empty(value: Any) -> bool:
    """Whether nothing was entered: None, or a text of nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def text_fault(value: Any, longest: int, *, required: bool = False) -> str:
    """What is wrong with a value that must be such a text; an empty string where nothing is."""
    if required and is_empty(value):
        return _("required")
    if not is_text(value, longest):
        return _("expected a text of at most %(longest)s characters") % {"longest": f"{longest:,}"}
    return ""


def is_whole(value: Any) -> TypeGuard[int]:
    """Whether this is a whole number. A boolean is none, though Python counts with it."""
    return isinstance(value, int) and not isinstance(value, bool)


def whole_number(text: str, *, digits: int = 9) -> int | None:
    """The whole number that a text such as "-12" writes with at most so many digits; None for any other text."""
    if not WHOLE_NUMBER.fullmatch(text) or len(text.removeprefix("-")) > digits:
        return None
    return int(text)


def normal_form(username: str) -> str:
    """The form in which usernames are compared: in capitals, in letters of another width or with spaces it is the same name."""
    folded = unicodedata.normalize("NFKC", username).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


def username_fault(username: str) -> str:
    """Why the name is not allowed; an empty string where it is."""
    if not username:
        return _("required")
    if max(len(username), len(normal_form(username))) > 150:
        return _("expected at most 150 characters")
    if others := [char for number, char in enumerate(username) if not may_stand_in_a_name(char, first=number == 0)]:
        told = {"characters": ", ".join(map(quoted, dict.fromkeys(others)))}
        return _("%(characters)s may not stand in a username: expected letters of any script, digits and @ . + - _") % told
    return ""


def validate_username(username: str) -> None:
    """For forms. Raises Django's ValidationError."""
    if fault := username_fault(username):
        raise ValidationError(fault)


def may_stand_in_a_name(char: str, *, first: bool) -> bool:
    """Letters, digits and what belongs to them: scripts such as Devanagari write vowels as marks behind a letter."""
    return char.isalnum() or char in "@.+-_" or (not first and unicodedata.category(char).startswith("M"))


def language_tag(text: str) -> str | None:
    """The BCP 47 tag in its usual letters, as in zh-Hans-CN, for zh_hans_cn too; None for a text that is no such tag."""
    folded = text.strip().replace("_", "-").lower()
    if len(folded) > LONGEST_LANGUAGE or not LANGUAGE.fullmatch(folded):
        return None
    first, *parts = folded.split("-")
    return "-".join([first, *(cased(part, parts[:number]) for number, part in enumerate(parts))])


def cased(part: str, before: list[str]) -> str:
    """A region in capitals, a script with one; behind a single letter, which begins an extension, all is small."""
    if any(len(other) == 1 for other in before) or not part.isalpha():
        return part
    return {2: part.upper(), 4: part.capitalize()}.get(len(part), part)
