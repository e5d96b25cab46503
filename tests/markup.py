"""HTML as tests compare it, whatever the line breaks of its template."""

import re
from html import unescape


def compact(html: str) -> str:
    """Without the line breaks beside tags, and with a space for each other one, as between attributes."""
    return re.sub(r"\s*\n\s*", " ", re.sub(r"(?<=>)\s*\n\s*|\s*\n\s*(?=[<>])", "", html)).strip()


def words(html: str) -> str:
    """What is read: without tags, with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
