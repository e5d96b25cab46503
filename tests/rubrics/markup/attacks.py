"""Attacks on rendered text, by category, and what alone may come of them: written down here a second time on purpose."""

import json
from pathlib import Path

ATTACKS: dict[str, list[str]] = json.loads(Path(__file__).with_name("attacks.json").read_text())
TEXTS = [text for texts in ATTACKS.values() for text in texts]

HTML = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
MATHML = {
    "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace", "msqrt", "mstyle",
    "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
}  # fmt: skip
ATTRIBUTES = {
    "accent", "alttext", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle", "fence", "form",
    "height", "href", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rel",
    "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "start", "stretchy", "value", "voffset", "width",
}  # fmt: skip
