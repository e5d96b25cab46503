"""A body is JSON as the standard defines it, of a limited size."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError

from annotation.api.parsers import StrictJSON
from annotation.errors import ValidationError


def test_a_body_is_read_as_json() -> None:
    assert StrictJSON().parse(BytesIO(b'{"scores": {"text": 4}}')) == {"scores": {"text": 4}}


@pytest.mark.parametrize("content", [b"", b"{", b'{"a": NaN}', b'{"a": Infinity}', b'"\\ud800"', b"[" * 100_000, b"\xff"])
def test_what_is_not_json_is_refused(content: bytes) -> None:
    with pytest.raises(ParseError, match=r"^The body is not JSON: "):
        StrictJSON().parse(BytesIO(content))


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (b'{"scores": {"text": 1, "text": 6}}', {"scores.text": "there twice"}),
        (b'{"n": 18446744073709551616}', {"n": "expected a whole number of at most 64 bits, not 18446744073709551616"}),
        (b'{"notes": {"text": "a\\u0000b"}}', {"notes.text": "a NUL character cannot be stored"}),
        (b'{"looks": [{"levels": [1, "\\u0000"]}]}', {"looks[0].levels[1]": "a NUL character cannot be stored"}),
        (b'{"a": {"b\\u0000": 1}}', {"a.b\ufffd": "a NUL character cannot be stored"}),
    ],
)
def test_a_field_that_would_be_chosen_silently_or_cannot_be_stored_is_named(content: bytes, fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as caught:
        StrictJSON().parse(BytesIO(content))
    assert caught.value.fields == fields


def test_a_text_about_nul_characters_has_none() -> None:
    assert StrictJSON().parse(BytesIO(b'{"feedback": "\\\\u0000"}')) == {"feedback": "\\u0000"}


def test_a_body_above_the_limit_is_refused(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert len(StrictJSON().parse(BytesIO(b'"' + b"x" * 998 + b'"'))) == 998
    with pytest.raises(RequestDataTooBig, match=r"^expected at most 1,000 bytes$"):
        StrictJSON().parse(BytesIO(b'"' + b"x" * 999 + b'"'))
