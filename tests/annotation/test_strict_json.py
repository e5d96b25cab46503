"""Nothing is chosen silently in JSON: a key twice and a whole number that would become a float are faults with their field."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.errors import Fault
from annotation.strict_json import read_json

TEXT = st.text(st.characters(codec="utf-8"))
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False) | TEXT
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner))


@given(JSON)
def test_what_is_written_once_is_read_as_it_is(value: Any) -> None:
    assert read_json(json.dumps(value)) == value


@pytest.mark.parametrize(
    ("content", "field", "error"),
    [
        (b'{"a": 1, "b": 2, "a": 3}', "a", "there twice"),
        (b'{"a": 1, "\\u0061": 1}', "a", "there twice"),
        (b'{"": 1, "": 1}', "", "there twice"),
        (b'{"answer": [{}, {"text": "x", "image": null, "text": "x"}]}', "answer[1].text", "there twice"),
        (b'{"references": {"1": {"blocks": [], "blocks": []}}}', "references.1.blocks", "there twice"),
        (b'[[{"a": 1}], [{"a": 1, "a": 1}]]', "[1][0].a", "there twice"),
        (b'{"%s": 1, "%s": 1}' % (b"k" * 5000, b"k" * 5000), "k" * 100, "there twice"),
        (b'{"n": 18446744073709551616}', "n", "expected a whole number of at most 64 bits, not 18446744073709551616"),
        (b'{"n": [0, -9223372036854775809]}', "n[1]", "expected a whole number of at most 64 bits, not -9223372036854775809"),
        (b"1" + b"0" * 300, "record", f"expected a whole number of at most 64 bits, not 1{'0' * 99}"),
        (b"[" * 1010 + b"]" * 1010, "record", "expected at most 100 levels"),
        (b"[" * 980 + b'{"a": 1, "a": 2}' + b"]" * 980, "record", "expected at most 100 levels"),
    ],
)
def test_what_would_be_chosen_silently_is_a_fault(content: bytes, field: str, error: str) -> None:
    with pytest.raises(Fault) as caught:
        read_json(content)
    assert (caught.value.field, caught.value.error) == (field, error)


@pytest.mark.parametrize("content", [b"", b"{", b"NaN", b"1e400", b"-1e400", b'"\\ud800"', b"\xff", b"[" * 100_000])
def test_what_is_not_json_is_refused_as_such(content: bytes) -> None:
    with pytest.raises(orjson.JSONDecodeError):
        read_json(content)
