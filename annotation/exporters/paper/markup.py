"""The three markups of a paper: how each writes numbers, and escapes what people typed, so that it is shown as typed.

Numbers are rounded half up, away from zero, from the decimals that the JSON report shows: whoever rounds .845 there by hand
reads .85 here.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

PRECISE = Context(prec=400, rounding=ROUND_HALF_UP)  # digits enough for any float
BELOW_TEN = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~&$^]|(?<!\w)@")  # @ within a word is no citation
LATEX = re.compile(r'[\\{}#$%&_~^<>|"`*\[\]]|-(?=-)')
LATEX_WRITES = {
    **{character: f"\\{character}" for character in "{}#$%&_"},
    **{character: f"{{{character}}}" for character in "[]*"},  # after the end of a table's row they would be its arguments
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",  # some languages make a command of it
    "`": r"\`{}",
    "-": "-{}",  # two would become a dash
}


def plain(text: str) -> str:
    """The text on one line, without characters that control a terminal."""
    return " ".join("".join(" " if unicodedata.category(character) == "Cc" else character for character in text).split())


def in_markdown(text: str) -> str:
    return MARKDOWN.sub(r"\\\g<0>", plain(text))


def in_latex(text: str) -> str:
    return LATEX.sub(lambda match: LATEX_WRITES[match[0]], plain(text))


@dataclass(frozen=True)
class Markup:
    """`words` escapes what people typed and `percent` follows a number; `quotation`, `table_number` and `note_mark` are formats
    for what they enclose."""

    words: Callable[[str], str]
    minus: str
    percent: str
    dash: str
    range_dash: str
    quotation: str
    table_number: str
    note_mark: str

    def coefficient(self, number: float) -> str:
        """Two decimals without the zero before them: a coefficient is never above 1."""
        return re.sub(r"\b0\.", ".", self.points(number))

    def points(self, number: float) -> str:
        return self.decimals(Decimal(str(number)), "0.01")

    def share(self, number: float) -> str:
        """In percent, without the sign; a share above 0 is never rounded to 0."""
        percent = PRECISE.multiply(Decimal(str(number)), Decimal(100))
        return self.words("<0.1") if 0 < percent < Decimal("0.05") else self.decimals(percent, "0.1")

    def decimals(self, number: Decimal, places: str) -> str:
        rounded = number.quantize(Decimal(places), context=PRECISE)
        return f"{self.minus if rounded < 0 else ''}{rounded.copy_abs()}"

    def title(self, text: str) -> str:
        return self.quotation.format(self.words(text))


MARKUPS = {
    "text": Markup(
        words=plain, minus="-", percent=" %", dash="-", range_dash="–",
        quotation="“{}”", table_number="Table {}", note_mark=" ({})",
    ),
    "markdown": Markup(
        words=in_markdown, minus="-", percent=" %", dash="—", range_dash="–",
        quotation="“{}”", table_number="Table {}", note_mark=" ({})",
    ),
    "latex": Markup(
        words=in_latex, minus="$-$", percent=r"\,\%", dash="---", range_dash="--",
        quotation="``{}''", table_number=r"Table~\ref{{tab:agreement-{}}}", note_mark=r"\textsuperscript{{{}}}",
    ),
}  # fmt: skip


def number_in_words(number: int) -> str:
    """A number in an English sentence: a word below ten, thousands separated above."""
    return BELOW_TEN[number] if number < 10 else f"{number:,}"


def count_of(number: int, singular: str, plural: str) -> str:
    return f"{number_in_words(number)} {singular if number == 1 else plural}"


def joined(parts: Sequence[str], separator: str = ", ", last: str = " and ") -> str:
    """The parts as a list in a sentence."""
    return last.join([separator.join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
