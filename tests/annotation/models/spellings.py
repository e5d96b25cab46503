"""The spellings in which a name can be typed that mean the same person."""

import unicodedata

from hypothesis import strategies as st

NAMES = ("fay", "Fay", "ana.b", "Ångström", "straße", "ΣΊΣΥΦΟΣ", "İpek", "한글", "ĳsbrand-2".replace("ĳ", "ij"), "x_1@y")
FORMS = ("NFC", "NFD", "NFKC", "NFKD")
SPACES = st.text(" \t\u00a0\u2003\u3000", max_size=2)


def wide(text: str) -> str:
    """ASCII characters as those of the full width."""
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


@st.composite
def spellings(draw: st.DrawFn, name: str) -> str:
    cases = draw(st.lists(st.sampled_from([str, str.upper, str.lower, wide]), min_size=len(name), max_size=len(name)))
    letters = "".join(case(letter) for case, letter in zip(cases, name, strict=True))
    return draw(SPACES) + unicodedata.normalize(draw(st.sampled_from(FORMS)), letters) + draw(SPACES)
