from typing import Any

import pytest

from config.quoting import quoted


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("images/none.png", "`images/none.png`"),
        ("x" * 81, f"`{'x' * 80}…`"),
        ("a\n\u202eb\u00a0\ud800", r"`a\n\u202eb\xa0\ud800`"),
        (" ", '`" "`'),
        (None, "`null`"),
        ([{"text": "é"}], '`[{"text": "é"}]`'),
        (["x" * 1_000_000] * 9, f'`["{"x" * 78}…`'),
    ],
)
def test_a_value_is_quoted_short_with_what_is_not_seen_shown(value: Any, quote: str) -> None:
    assert quoted(value) == quote
