"""Markdown from people and models, as safe HTML: it fetches no address, runs nothing and does not style the page."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rubrics.markup.mathematics import ATTRIBUTES, ELEMENTS, mathematics
from rubrics.markup.plain import plain_text

CONTAINERS = {"blockquote_open", "list_item_open"}
ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)
BLOCKS = {"p", "br", "pre", "ul", "ol", "li", "blockquote", "hr", "h3", "h4", "h5", "h6"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = {"em", "strong", "code", "a"} | BLOCKS | TABLES | ELEMENTS
ALLOWED = (
    {"*": set[str](), "a": {"href"}, "ol": {"start"}, "li": {"value"}}
    | dict.fromkeys(ELEMENTS, ATTRIBUTES)
    | {"math": {"display", "alttext"}}
)
# Not the marks U+061C, U+200E and U+200F, which word processors put in: they reorder no letters.
BIDIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 markdown-it calls it
        """Whether the address may be a link; else its Markdown is shown. A path could lead to our sign-out, say."""
        return bool(ADDRESS.match(url))


READER = Reader("commonmark", {"html": False, "breaks": True}).enable("table").disable("image").use(mathematics).use(plain_text)


def to_html(text: str) -> SafeString:
    """HTML of the Markdown and its mathematics. Control characters that reorder text are shown by their code: ⟨U+202E⟩."""
    environment: dict[str, int] = {}
    tokens = READER.parse(text, environment)
    if any(token.type in CONTAINERS and token.level + 1 >= READER.options.maxNesting for token in tokens):
        tokens = [Token("code_block", "code", 0, content=text)]  # markdown-it leaves out what lies deeper
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):  # the page has its own h1 and h2
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    html = READER.renderer.render(tokens, READER.options, environment)
    # Control characters last of all, since an entity or a formula can make one as well.
    return mark_safe(visible_controls(sanitised(html)))  # noqa: S308 nh3 has just cleaned it


def visible_controls(text: str) -> str:
    """The text in which control characters that would reorder it are shown by their code: ⟨U+202E⟩."""
    return BIDIRECTIONAL.sub(lambda control: f"⟨U+{ord(control.group()):04X}⟩", text)


def sanitised(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ALLOWED,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )
