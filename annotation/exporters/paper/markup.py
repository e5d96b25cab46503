"""The three forms of a paper's text: how each writes numbers, and what people typed, so that it stays words.

Numbers are rounded half up, away from zero, and as the decimals that the JSON report shows: who rounds .845 there by hand
finds .85 here.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

WHOLE = Context(prec=400, rounding=ROUND_HALF_UP)  # digits enough for any float
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


def plain(said: str) -> str:
    """On one line, without characters that control a terminal."""
    return " ".join("".join(" " if unicodedata.category(character) == "Cc" else character for character in said).split())


def in_markdown(said: str) -> str:
    return MARKDOWN.sub(r"\\\g<0>", plain(said))


def in_latex(said: str) -> str:
    return LATEX.sub(lambda found: LATEX_WRITES[found[0]], plain(said))


@dataclass(frozen=True)
class Form:
    """`words` makes words of what people typed; `percent` follows a number; `numbered` and `mark` take what they enclose."""

    words: Callable[[str], str]
    minus: str
    percent: str
    dash: str
    to: str
    quoted: str
    numbered: str
    mark: str

    def coefficient(self, number: float) -> str:
        """Two decimals without the zero before them: what cannot be above 1 has no need of it."""
        return re.sub(r"\b0\.", ".", self.points(number))

    def points(self, number: float) -> str:
        return self.decimals(Decimal(str(number)), "0.01")

    def share(self, number: float) -> str:
        """In percent, without the sign; what is there at all is not rounded to nothing."""
        percent = WHOLE.multiply(Decimal(str(number)), Decimal(100))
        return self.words("<0.1") if 0 < percent < Decimal("0.05") else self.decimals(percent, "0.1")

    def decimals(self, number: Decimal, places: str) -> str:
        rounded = number.quantize(Decimal(places), context=WHOLE)
        return f"{self.minus if rounded < 0 else ''}{rounded.copy_abs()}"

    def title(self, said: str) -> str:
        return self.quoted.format(self.words(said))


FORM = {
    "text": Form(
        words=plain, minus="-", percent=" %", dash="-", to="–", quoted="“{}”", numbered="Table {}", mark=" ({})",
    ),
    "markdown": Form(
        words=in_markdown, minus="-", percent=" %", dash="—", to="–", quoted="“{}”", numbered="Table {}", mark=" ({})",
    ),
    "latex": Form(
        words=in_latex, minus="$-$", percent=r"\,\%", dash="---", to="--", quoted="``{}''",
        numbered=r"Table~\ref{{tab:agreement-{}}}", mark=r"\textsuperscript{{{}}}",
    ),
}  # fmt: skip


def number(of: int) -> str:
    """As English has it: a word below ten, thousands separated above."""
    return BELOW_TEN[of] if of < 10 else f"{of:,}"


def counted(of: int, one: str, many: str) -> str:
    return f"{number(of)} {one if of == 1 else many}"


def joined(parts: Sequence[str], between: str = ", ", last: str = " and ") -> str:
    """The parts as a list in a sentence."""
    return last.join([between.join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
