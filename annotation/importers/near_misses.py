"""Finds the ids that one which is not there may have been, before a spreadsheet changed it or somebody typed it otherwise."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from annotation.errors import Fault, quoted
from annotation.importers.values import SHORTENED

MOST_NEAR = 3  # in a message
DECIMAL = re.compile(r"([0-9]+)(?:\.0+)?")


class NearMisses:
    """Of the ids that are there. Each question is answered from a table that is made once."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = sorted(ids)
        self.forms: dict[str, list[str]] = {}
        for name in self.ids:
            self.forms.setdefault(form(name), []).append(name)
        self.shortened: dict[int, dict[str, list[str]]] = {}  # by the number of digits behind the point

    def of(self, text: str) -> list[str]:
        if SHORTENED.fullmatch(text):
            digits = text.replace(",", ".").partition("E")[0].partition(".")[2]
            return self.shortened_to(len(digits)).get(text.replace(",", "."), [])
        return self.forms.get(form(text), [])

    def shortened_to(self, digits: int) -> dict[str, list[str]]:
        if digits not in self.shortened:
            short: dict[str, list[str]] = {}
            for name in self.ids:
                if DECIMAL.fullmatch(name) and name.isdecimal():
                    short.setdefault(f"{int(name):.{digits}E}", []).append(name)
            self.shortened[digits] = short
        return self.shortened[digits]


def form(text: str) -> str:
    """Alike in letters of another case, width or Unicode form, with spaces around, and as a number without zeros before it."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()
    match = DECIMAL.fullmatch(folded)
    return match[1].lstrip("0") if match else folded


def unknown_id(name: str, near: list[str]) -> Fault:
    """The fault of an id that the project does not have."""
    if not near:
        return Fault("id", _("there is no such query in the project"), name)
    error = _("there is no such query in the project, but %(near)s: a spreadsheet may have changed the id")
    return Fault("id", error % {"near": ", ".join(map(quoted, near[:MOST_NEAR]))}, name, kind=error)
