"""Finds mathematics in Markdown and renders it as MathML.

Nothing is guessed: a formula that would not be rendered as it was meant is shown as its source. Sanitise the MathML with ELEMENTS
and ATTRIBUTES before it stands in a page. `alttext` holds its TeX.
"""

import re
import unicodedata
from collections.abc import MutableMapping, Sequence
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element

from latex2mathml.converter import Converter
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

LONGEST = 5_000  # characters of one formula that is rendered
MOST = 50_000  # characters of all formulas of one text, each counted with OVERHEAD: more would take seconds
OVERHEAD = 20
DEEPEST = 60  # elements within each other; browsers give up at some hundreds

# The converter's name for each environment, by the name in TeX.
ENVIRONMENTS = {
    "align": "align*", "align*": "align*", "aligned": "split", "split": "split", "equation": "equation", "equation*": "equation",
    "gather": "displaylines", "gather*": "displaylines", "gathered": "displaylines", "cases": "cases", "dcases": "cases",
    "array": "array", "matrix": "matrix", "pmatrix": "pmatrix", "bmatrix": "bmatrix", "Bmatrix": "Bmatrix",
    "vmatrix": "vmatrix", "Vmatrix": "Vmatrix", "smallmatrix": "smallmatrix",
}  # fmt: skip
# A formula ends at the nearest delimiter of its kind or at an empty line: reading stays linear, whatever the text.
NAMES = "|".join(map(re.escape, ENVIRONMENTS))
NEXT = r"\n(?![ \t]*\n)"
BRACKETS = rf"\\\[\s*+(?:[^\\\n]|{NEXT}|\\[^\[\]])++\s*\\\]"
DOLLARS = rf"\$\$\s*+(?:[^\\$\n]|{NEXT}|\\.)++\s*\$\$"
ENVIRONMENT = rf"\\begin\{{(?P<name>{NAMES})\}}(?:(?!\\(?:begin|end)\{{(?P=name)\}})(?:[^\n]|{NEXT}))++\\end\{{(?P=name)\}}"
PARENTHESES = r"\\\((?:[^\\]|\\[^()])++\\\)"
DOLLAR = r"(?<![A-Za-z0-9$])\$(?!\s)(?:[^\\$]|\\.)++(?<!\s)\$(?!\d)"  # "$5 and $10" and "US$5" are money
DISPLAYED = re.compile(f"{BRACKETS}|{DOLLARS}|{ENVIRONMENT}", re.DOTALL)
FORMULA = re.compile(f"{BRACKETS}|{DOLLARS}|{ENVIRONMENT}|{PARENTHESES}|{DOLLAR}", re.DOTALL)

ELEMENTS = {
    "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace", "msqrt", "mstyle",
    "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
}  # fmt: skip
LEAVES = {"mi", "mn", "mo", "mspace", "mtext"}  # what stands inside is text: elements would be read as HTML there
ATTRIBUTES = {
    "accent", "columnalign", "columnlines", "columnspacing", "depth", "displaystyle", "fence", "form", "height", "linethickness",
    "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowlines", "rowspacing", "rspace",
    "scriptlevel", "separator", "stretchy", "voffset", "width",
}  # fmt: skip
IGNORED = {"xmlns", "display", "mathcolor", "mathsize"}  # colours and sizes are the page's
VALUE = re.compile(r"[a-z -]+|(?:[+-]?\d?(?:\.\d+)?(?:em|ex|pt|px|width)?(?: |$))+")  # words, or lengths under ten of a unit
SPACES = {
    "negativethinmathspace": "-0.167em", "negativemediummathspace": "-0.222em", "negativethickmathspace": "-0.278em",
    "thinmathspace": "0.167em", "thickmathspace": "0.278em",
}  # fmt: skip

DEFINES = re.compile(r"\\(?:def|newcommand|newenvironment|DeclareMathOperator)(?![A-Za-z])|(?<!\\)(?:\\\\)*%")
PAIR = re.compile(r"\\.")
BOUND = re.compile(r"\\(begin|end)\s*\{([^}]*)\}")
INVISIBLE = re.compile(r"\\label\s*\{[^}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
ARG = re.compile(r"\\arg(?![A-Za-z])")
ROW_GAP = re.compile(r"(\\\\)\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]")
REFERENCE = re.compile(r"&#x[0-9A-F]+;", re.IGNORECASE)
ESCAPED = re.compile(r"\\([%&#_])")


class NotSupported(ValueError):
    """The formula would not be rendered as it was meant."""


def mathematics(reader: MarkdownIt) -> None:
    """A plugin: `$…$` and `\\(…\\)` in a line; `$$…$$`, `\\[…\\]` and the environments as displays, in a line or as a block."""
    interrupted = ["paragraph", "reference", "blockquote", "list"]
    reader.block.ruler.before("fence", "mathematics", block, {"alt": interrupted})
    reader.inline.ruler.before("escape", "mathematics", inline)
    reader.add_render_rule("mathematics", render)


def block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A display on lines of its own; `inline` finds one within a paragraph."""
    formula = DISPLAYED.match(state.src, state.bMarks[first] + state.tShift[first])
    if not formula:
        return False
    last = first
    while state.eMarks[last] < formula.end():
        last += 1
        if last >= end or (state.sCount[last] < state.blkIndent and not state.isEmpty(last)):
            return False  # it would end outside of its list or quotation
    if state.src[formula.end() : state.eMarks[last]].strip():
        return False
    if not silent:
        token = state.push("mathematics", "math", 0)
        token.block = True
        token.content = state.getLines(first, last + 1, state.blkIndent, False).strip()
        token.map = [first, last + 1]
        state.line = last + 1
    return True


def inline(state: StateInline, silent: bool) -> bool:
    formula = FORMULA.match(state.src, state.pos, state.posMax) if state.src[state.pos] in "$\\" else None
    if not formula:
        return False
    if not silent:
        state.push("mathematics", "math", 0).content = formula.group()
    state.pos = formula.end()
    return True


def render(_self: Any, tokens: Sequence[Token], place: int, _options: Any, env: MutableMapping[str, Any]) -> str:
    token = tokens[place]
    size = len(token.content)
    env["mathematics"] = env.get("mathematics", 0) + size + OVERHEAD
    html = to_mathml(token.content) if size <= LONGEST and env["mathematics"] <= MOST else None
    if html is None:
        html = f"<code>{escape(token.content)}</code>"
        return f"<pre>{html}</pre>\n" if token.block else html
    return f"<p>{html}</p>\n" if token.block else html


def to_mathml(formula: str) -> str | None:
    """MathML of the formula, which comes with its delimiters; None if it would not be rendered as it was meant."""
    display = "block" if DISPLAYED.match(formula) else "inline"
    tex = without_delimiters(formula)
    try:
        tree = Converter(display=display).convert_to_element(for_converter(tex))
        inner = "".join(to_html(child) for child in tree)
    except Exception:  # a broken formula makes the converter fail in a dozen ways, RecursionError among them
        return None
    return f'<math display="{display}" alttext="{escape(tex.strip())}">{inner}</math>'


def without_delimiters(formula: str) -> str:
    if formula.startswith(r"\begin"):
        return formula
    width = 1 if re.match(r"\$(?!\$)", formula) else 2
    return formula[width:-width]


def for_converter(tex: str) -> str:
    """The TeX in the converter's terms. Definitions, which could grow without end, and comments are refused."""
    braces = PAIR.sub("", tex)
    if DEFINES.search(tex) or braces.count("{") != braces.count("}"):
        raise NotSupported
    try:
        tex = BOUND.sub(lambda bound: rf"\{bound[1]}{{{ENVIRONMENTS[bound[2]]}}}", tex)
    except KeyError:
        raise NotSupported from None
    return ARG.sub(r"\\operatorname{arg}", INVISIBLE.sub("", ROW_GAP.sub(r"\1", tex)))


def to_html(element: Element, depth: int = 1) -> str:
    """The element as HTML, escaped; the converter's own output is not."""
    tag = "mrow" if element.tag in LEAVES and len(element) and not element.text else element.tag  # \mathop{…}
    if tag not in ELEMENTS or (tag in LEAVES and len(element)) or depth > DEEPEST:
        raise NotSupported
    attributes = {name: SPACES.get(value, value) for name, value in element.attrib.items() if name not in IGNORED}
    if not ATTRIBUTES.issuperset(attributes) or not all(VALUE.fullmatch(value) for value in attributes.values()):
        raise NotSupported
    text = plain(element.text or "", tag)
    if tag == "mi" and element.text != text and text.isascii() and text.isalpha():
        attributes["mathvariant"] = "normal"  # \mathrm{d}: the converter names the letter and forgets that it stands upright
    if attributes.get("mathvariant", "normal") != "normal":
        text = "".join(in_font(letter, attributes["mathvariant"]) for letter in text)
        del attributes["mathvariant"]
    pairs = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    inner = "".join(to_html(child, depth + 1) for child in element)
    return f"<{tag}{pairs}>{escape(text, quote=False)}{inner}</{tag}>"


def plain(text: str, tag: str) -> str:
    """The text with its character references resolved. A backslash, a brace or an & is what the converter did not understand."""
    if tag == "mtext":
        text = ESCAPED.sub(r"\1", text)
    elif text == "#" or "&" in REFERENCE.sub("", text):
        raise NotSupported
    if re.search(r"[\\{}$]", text):
        raise NotSupported
    return REFERENCE.sub(lambda reference: unescape(reference.group()), text)


def in_font(letter: str, variant: str) -> str:
    """Unicode's mathematical letter of this font: browsers support no `mathvariant` but normal."""
    font = re.sub("(DOUBLE|SANS) ", r"\1-", variant.upper().replace("-", " "))
    name = re.sub("LATIN |GREEK |LETTER ", "", unicodedata.name(letter, ""))
    for prefix in ("MATHEMATICAL ", ""):
        try:
            return unicodedata.lookup(f"{prefix}{font} {name}")
        except KeyError:
            continue
    return letter
