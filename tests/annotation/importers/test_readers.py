"""A file is cut into its records without being read whole, and what cannot be cut out has its fault."""

import io
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.errors import Fault, Refused
from annotation.importers import readers
from annotation.importers.readers import LONGEST_RECORD, json_lines, json_list
from annotation.importers.tables import csv_rows

FINITE = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | FINITE | st.text(st.characters(codec="utf-8"))
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner))


def read(content: bytes, reader: Callable[..., Any] = json_list) -> Any:
    """What comes of the content: (number, value) or (number, field, error) for each record."""
    records = list(reader(io.BytesIO(content), "items"))
    return [(number, value.field, value.error) if isinstance(value, Fault) else (number, value) for number, value in records]


@given(st.lists(JSON), st.sampled_from([None, 1]), st.booleans())
def test_what_json_wrote_is_read_again(values: list[Any], indent: int | None, ascii_only: bool) -> None:
    content = json.dumps(values, indent=indent, ensure_ascii=ascii_only).encode()
    assert read(content) == list(enumerate(values, 1))
    lines = "".join(json.dumps(value, ensure_ascii=ascii_only) + "\r\n" for value in values).encode()
    assert read(lines, json_lines) == list(enumerate(values, 1))


@given(st.binary(max_size=200) | st.text().map(lambda text: b"[" + text.encode(errors="surrogatepass")))
def test_anything_is_read_or_refused(content: bytes) -> None:
    for reader in (json_list, json_lines, csv_rows):
        with suppress(Refused):
            assert all(isinstance(number, int) for number, *_rest in read(content, reader))


def test_a_record_may_be_cut_anywhere_by_the_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    values = [{"a,]}": 'quote " and \\ backslash', "b": [[1, {"c": "é"}], "]"]}, [], "x" * 50, 7]
    content = json.dumps(values, ensure_ascii=False).encode()
    for size in range(1, 40):
        monkeypatch.setattr(readers, "CHUNK", size)
        assert read(content) == list(enumerate(values, 1)), size


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[]", []),
        (b" \n[ ]\n", []),
        (b"\xef\xbb\xbf[1]", [(1, 1)]),
        (b"[1,]", [(1, 1), (2, "record", "not JSON: nothing stands here")]),
        (b"[1] 2", [(1, 1), (2, "record", "expected the end of the file behind the list")]),
        (b"[1, [2", [(1, 1), (2, "record", "the file ends in the middle of it: expected its end and a ]")]),
        (b'[1, "2', [(1, 1), (2, "record", "the file ends in the middle of it: expected its end and a ]")]),
        (
            b'[{"a": 1], 2]',
            [
                (1, "record", "`{\"a\": 1]`: not JSON: unexpected character, expected ',' or '}': line 1 column 8 (char 7)"),
                (2, 2),
            ],
        ),
    ],
)
def test_a_fault_has_its_record_and_the_others_are_read(content: bytes, expected: Any) -> None:
    assert read(content) == expected


def test_a_record_that_is_too_long_is_refused_and_the_rest_is_read() -> None:
    long = b'"' + b"x" * LONGEST_RECORD + b'"'
    assert read(b"[1," + long + b",2]") == [(1, 1), (2, "record", "expected at most 16 MB"), (3, 2)]
    assert read(b"1\n" + long + b"\n2", json_lines) == [(1, 1), (2, "record", "expected at most 16 MB"), (3, 2)]


def test_a_text_without_an_end_is_given_up() -> None:
    assert read(b'[1, "' + b"x" * (40 * 1024 * 1024)) == [(1, 1), (2, "record", "expected at most 16 MB")]
