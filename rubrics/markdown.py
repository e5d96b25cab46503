"""Markdown from people and models, made safe: no address is fetched, nothing runs, nothing styles the page."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

READER = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")
BLOCKS = {"p", "br", "pre", "ul", "ol", "li", "blockquote", "hr", "h3", "h4", "h5", "h6"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = {"em", "strong", "code", "a"} | BLOCKS | TABLES
BIDIRECTIONAL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def to_html(text: str) -> SafeString:
    """HTML of the Markdown. Invisible marks that reorder text are shown as what they are, as in ⟨U+202E⟩."""
    tokens = READER.parse(BIDIRECTIONAL.sub(lambda mark: f"⟨U+{ord(mark.group()):04X}⟩", text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):  # the page has its own h1 and h2
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    html = READER.renderer.render(tokens, READER.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308 nh3 has just cleaned it
