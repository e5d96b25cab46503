"""Two texts side by side, with the words in which they differ."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation.flow.duplicates.similarity import WORD
from annotation.models import Query
from rubrics.markup.markdown import with_marks

MOST_WORDS = 300  # of a text that are shown and compared


PIECE = re.compile(rf"(?:\A[\W_]*)?({WORD.pattern})[\W_]*")


def pieces_of(query: Query) -> list[str]:
    """The words of the text, each with what follows it up to the next."""
    text = with_marks("\n\n".join(block["text"] for block in query.blocks if block["text"]))
    return [found.group() for found in islice(PIECE.finditer(text), MOST_WORDS + 1)]


def differing(texts: Iterable[list[str]]) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts in parts, each with whether it differs from the other text; case and punctuation do not count."""
    first, second = texts
    keys = [[PIECE.sub(r"\1", piece).casefold() for piece in pieces] for pieces in (first, second)]
    steps = SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    return (
        [("".join(first[start:end]), kind != "equal") for kind, start, end, _from, _to in steps if end > start],
        [("".join(second[start:end]), kind != "equal") for kind, _from, _to, start, end in steps if end > start],
    )


def in_words(reasons: dict[str, Any]) -> Iterator[str]:
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
