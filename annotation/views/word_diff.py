"""Compares the texts of two queries word by word."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation.flow.duplicates.similarity import WORD
from annotation.models import Query
from rubrics.markup.markdown import visible_controls

MOST_WORDS = 300  # of each text are shown and compared
PIECE = re.compile(rf"(?:\A[\W_]*)?({WORD.pattern})[\W_]*")


def pieces_of(query: Query) -> list[str]:
    """The words of the query's text, each with the characters up to the next word; at most one more than MOST_WORDS."""
    text = visible_controls("\n\n".join(block["text"] for block in query.blocks if block["text"]))
    return [match.group() for match in islice(PIECE.finditer(text), MOST_WORDS + 1)]


def differing(texts: Iterable[list[str]]) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts in parts, each part with whether it differs from the other text. Case and punctuation are ignored."""
    first, second = texts
    keys = [[PIECE.sub(r"\1", piece).casefold() for piece in pieces] for pieces in (first, second)]
    steps = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    return (
        [("".join(first[start:end]), kind != "equal") for kind, start, end, _from, _to in steps if end > start],
        [("".join(second[start:end]), kind != "equal") for kind, _from, _to, start, end in steps if end > start],
    )


def in_words(reasons: dict[str, Any]) -> Iterator[str]:
    """The reasons for which two queries may be duplicates."""
    if "text" in reasons:
        yield _("%(percent)d %% of the text is the same") % {"percent": 100 * reasons["text"]}
    if "source" in reasons:
        yield _("the same source") if reasons["source"] == "same" else _("the same source except for the address's query string")
    if "image" in reasons:
        bits = reasons["image"]
        near = ngettext(
            "an image is nearly the same (%(bits)d of 64 bits differs)",
            "an image is nearly the same (%(bits)d of 64 bits differ)",
            bits,
        )
        yield near % {"bits": bits} if bits else _("an image is the same")
