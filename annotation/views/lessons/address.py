"""A selection of disputes as an address, read from an address, and in words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from annotation.flow.lessons.disputes import DIRECTIONS, Selection
from annotation.models import Decision
from annotation.views.lessons.words import DIRECTION_WORDS, OVER

TEXTS = ("rubric", "criterion", "cause", "over", "category", "field", "direction")
LEVEL = re.compile(r"-?[0-9]{1,5}")
LEVELS = re.compile(r"(-?[0-9]{1,5}),(-?[0-9]{1,5})")
CHOICES: Mapping[str, Any] = {"cause": Decision.Cause.values, "over": OVER, "direction": DIRECTIONS}


def address(slug: str, **selection: Any) -> str:
    """The address of the disputes behind a number; takes the fields of a Selection."""
    query = urlencode(list(parameters(Selection(**selection))), safe=",")
    path = reverse("lesson-disputes", args=[slug])
    return f"{path}?{query}" if query else path


def descriptor_address(slug: str, **level: Any) -> str:
    """The address where the descriptor of a level is drafted; takes rubric, criterion and level."""
    return f"{reverse('lesson-descriptor', args=[slug])}?{urlencode(level)}"


def parameters(selection: Selection) -> Iterator[tuple[str, str]]:
    for name in TEXTS:
        if (value := getattr(selection, name)) is not None:
            yield name, value
    if selection.levels is not None:
        yield "levels", ",".join(map(str, selection.levels))
    if selection.level is not None:
        yield "level", str(selection.level)


def read(query: QueryDict) -> Selection | None:
    """None where no selection fits the address."""
    levels, level = query.get("levels", ""), query.get("level", "")
    pair, one = LEVELS.fullmatch(levels), LEVEL.fullmatch(level)
    texts = {name: query.get(name) for name in TEXTS}
    unknown = [name for name, choices in CHOICES.items() if texts[name] is not None and texts[name] not in choices]
    if unknown or (levels and not pair) or (level and not one):
        return None
    return Selection(**texts, levels=(int(pair[1]), int(pair[2])) if pair else None, level=int(one[0]) if one else None)


def in_words(selection: Selection, titles: Mapping[tuple[str, str], str]) -> list[str]:
    """`titles` has that of each criterion, by the rubric's name and the criterion's key."""
    words = []
    if selection.criterion is not None:
        words.append(titles.get((selection.rubric or "", selection.criterion), selection.criterion))
    if selection.rubric is not None:
        words.append(selection.rubric)
    if selection.cause is not None:
        words.append(str(Decision.Cause(selection.cause).label))
    if selection.levels is not None:
        words.append(_("levels %(first)s and %(second)s") % dict(zip(("first", "second"), selection.levels, strict=True)))
    if selection.level is not None:
        words.append(_("level %(level)s") % {"level": selection.level})
    if selection.over is not None:
        words.append(str(OVER[selection.over]))
    words += [value or "–" for value in (selection.category, selection.field) if value is not None]
    if selection.direction is not None:
        words.append(str(DIRECTION_WORDS[selection.direction]))
    return words
