"""What tests of the release pages read from them."""

import re


def text_of(html: str) -> str:
    """The words of a part of a page, on one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())
