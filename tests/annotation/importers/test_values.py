"""Single values, in whatever file they stand."""

from typing import Any

import pytest

from annotation.errors import Fault
from annotation.importers.values import checked_text, read_name


@pytest.mark.parametrize(("value", "name"), [("PBL-1", "PBL-1"), ("0301096", "0301096"), (301096, "301096"), (-1, "-1")])
def test_a_name_is_a_text_or_a_whole_number_as_it_is_written(value: Any, name: str) -> None:
    assert read_name(value, "id") == name


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (1.0, "`1.0`: expected a text"),
        (True, "`true`: expected a text"),
        (None, "`null`: expected a text"),
        ({"a": [1]}, '`{"a": [1]}`: expected a text'),
        ("\t", '`"\\t"`: expected a text that is not empty'),
        ("a\0b", "`a\\x00b`: a NUL character cannot be stored"),
        ("x" * 201, f"`{'x' * 80}…`: expected at most 200 characters, not 201"),
    ],
)
def test_another_value_is_quoted(value: Any, error: str) -> None:
    with pytest.raises(Fault) as caught:
        read_name(value, "id")
    assert (caught.value.field, caught.value.error) == ("id", error)


def test_faults_that_differ_in_a_number_alone_are_of_one_kind() -> None:
    kinds = set()
    for length in (3, 4):
        with pytest.raises(Fault) as caught:
            checked_text("x" * length, "id", 2)
        kinds.add(caught.value.kind)
    assert len(kinds) == 1
