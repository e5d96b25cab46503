"""What only looks like Markdown: products, names of programs, paths, years and comparisons read as they were written.

Where a text could be meant either way it is shown as it stands, since a character that is taken for a mark is lost to the reader.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

STARS = re.compile(r"\*+")
NAME = re.compile(r"(?<![A-Za-z0-9_])_+[A-Za-z0-9]+(?:_+[A-Za-z0-9]+)*_+(?![A-Za-z0-9_])")  # __init__, _private_
REST = r"(?:[^\s*`<>\"|)\]]|[)\]](?=\\))*"  # of a path: to the next space, or to a mark that no name of a file has
ON_A_DRIVE = re.compile(rf"(?<=\b[A-Za-z]:)\\{REST}")
ON_A_SERVER = re.compile(rf"(?<!\S)\\\\[\w.-]+\\{REST}")
YEAR = re.compile(r"[ \t]*\d{4,}[.)]")
COMPARISON = re.compile(r"[ \t]*>[ \t]*(?:=|\d(?!\d*[.)][ \t]))")

BlockRule = Callable[[StateBlock, int, int, bool], bool]


def plain_text(reader: MarkdownIt) -> None:
    """A plugin. Headings that are underlined and definitions of links are not taken for such: their lines would vanish."""
    reader.disable(["lheading", "reference"])
    reader.block.ruler.at("list", unless(YEAR, list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    reader.block.ruler.at("blockquote", unless(COMPARISON, blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]})
    reader.inline.ruler.before("escape", "path", path)
    reader.inline.ruler.before("emphasis", "operator", operator)
    reader.core.ruler.push("numbers", lambda state: keep_numbers(state.tokens))


def unless(exception: re.Pattern[str], rule: BlockRule) -> BlockRule:
    """The rule for blocks that do not begin so."""

    def checked(state: StateBlock, first: int, end: int, silent: bool) -> bool:
        if exception.match(state.src, state.bMarks[first] + state.tShift[first], state.eMarks[first]):
            return False
        return rule(state, first, end, silent)

    return checked


def path(state: StateInline, silent: bool) -> bool:
    r"""`C:\new` and `\\server\folder`, in which no backslash makes the next character another one."""
    if state.src[state.pos] != "\\":
        return False
    return take(state, ON_A_DRIVE.match(state.src, state.pos) or ON_A_SERVER.match(state.src, state.pos), silent)


def operator(state: StateInline, silent: bool) -> bool:
    """`2*3*4` and `x**2`, and underscores around a name."""
    mark = state.src[state.pos]
    if mark == "_":
        return take(state, NAME.match(state.src, state.pos), silent)
    stars = STARS.match(state.src, state.pos)
    if not stars or not stars.start() or stars.end() == len(state.src):
        return False
    return multiplies(state.src[stars.start() - 1], state.src[stars.end()], len(stars.group())) and take(state, stars, silent)


def multiplies(before: str, after: str, stars: int) -> bool:
    """Whether so many stars between the two are an operator: two of them are as often a bold part of a word, but for digits."""
    if not (before + after).isascii():
        return False
    ends, begins = before.isalnum() or before in ")]}", after.isalnum() or after in "([{"
    if stars == 2:
        return (after.isdigit() and ends) or (before.isdigit() and after.isalnum())
    return stars == 1 and ends and begins


def take(state: StateInline, text: re.Match[str] | None, silent: bool) -> bool:
    if not text:
        return False
    if not silent:
        state.pending += text.group()
    state.pos = text.end()
    return True


def keep_numbers(tokens: list[Token]) -> None:
    """Give the items of a list the numbers that were written, where they are not those that follow from its first."""
    items: dict[int, list[Token]] = {}
    for token in tokens:
        if token.type == "ordered_list_open":
            items[token.level] = []
        elif token.type == "list_item_open" and token.info:
            items[token.level - 1].append(token)
        elif token.type == "ordered_list_close":
            for before, item in pairwise(items.pop(token.level)):
                if int(item.info) != int(before.info) + 1:
                    item.attrSet("value", item.info)
