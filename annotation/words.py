"""The words of a text by which it is searched, the same for both databases: what is stored, and what is looked for.

A word is a run of letters and digits, without capitals and widths; it is looked for by its beginning. Chinese, Japanese and
Korean are written without spaces: there every two characters that follow each other are a word, and the last of a run alone is
one too, so that any part of a sentence is found. What is looked for must have all its words, wherever they stand.
"""

import re
from collections.abc import Iterator
from unicodedata import normalize

WORD = re.compile(r"[^\W_]+")
WITHOUT_SPACES = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+)")
LONGEST_WORD = 60  # characters: of a longer one the beginning counts
MOST = 900_000  # bytes of all words of a text: PostgreSQL takes a megabyte


def stored_words(*texts: str) -> str:
    """The different words, with blanks between them, in the order in which they first come."""
    different = dict.fromkeys(word for text in texts for word in words_of(text, single=True))
    words, size = [], 0
    for word in different:
        size += len(word.encode()) + 1
        if size > MOST:
            break
        words.append(word)
    return " ".join(words)


def looked_for(text: str) -> list[str]:
    """The different words of what somebody looks for; none where it has no letter and no digit."""
    return list(dict.fromkeys(words_of(text, single=False)))


def words_of(text: str, *, single: bool) -> Iterator[str]:
    """`single`: the last character of a run without spaces too, and not only where it is alone."""
    for run in WORD.findall(normalize("NFKC", text).casefold()):
        for place, part in enumerate(WITHOUT_SPACES.split(run)):
            if place % 2 == 0:
                if part:
                    yield part[:LONGEST_WORD]
                continue
            yield from (part[at : at + 2] for at in range(len(part) - 1))
            if single or len(part) == 1:
                yield part[-1]
