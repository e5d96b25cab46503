"""Texts in tables that people open with a spreadsheet, which takes a cell that begins with = + - @ or a tab for a formula.

Such a text gets an apostrophe before it, and so does one that begins with apostrophes and goes on so: reading takes one
apostrophe away again, and every text comes back as it was. Full-width signs count, since some spreadsheets take them too.
"""

import re

FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
