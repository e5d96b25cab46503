"""A body is JSON as the standard defines it, of a limited size."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError

from annotation.api.parsers import StrictJSON


def test_a_body_is_read_as_json() -> None:
    assert StrictJSON().parse(BytesIO(b'{"scores": {"text": 4}}')) == {"scores": {"text": 4}}


@pytest.mark.parametrize("content", [b"", b"{", b'{"a": NaN}', b'{"a": Infinity}', b'"\\ud800"', b"[" * 100_000, b"\xff"])
def test_what_is_not_json_is_refused(content: bytes) -> None:
    with pytest.raises(ParseError, match=r"^The body is not JSON: "):
        StrictJSON().parse(BytesIO(content))


def test_a_body_above_the_limit_is_refused(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert len(StrictJSON().parse(BytesIO(b'"' + b"x" * 998 + b'"'))) == 998
    with pytest.raises(RequestDataTooBig, match=r"^expected at most 1,000 bytes$"):
        StrictJSON().parse(BytesIO(b'"' + b"x" * 999 + b'"'))
