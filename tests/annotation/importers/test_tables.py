"""A table is read as people have it: what is beyond doubt is taken, and anything else has its fault."""

import io
from typing import Any

import pytest

from annotation.errors import Fault, Refused
from annotation.importers.readers import LONGEST_RECORD
from annotation.importers.tables import csv_rows, form, our_columns


def read(content: bytes, name: str = "items") -> Any:
    """What comes of the content: (number, row) or (number, field, error) for each record."""
    rows = list(csv_rows(io.BytesIO(content), name))
    return [(number, row.field, row.error) if isinstance(row, Fault) else (number, row) for number, row in rows]


def test_rows_have_the_names_of_the_first_line_and_are_counted() -> None:
    content = 'id,text\n1,"a\nb"\n2,é\n'.encode("utf-8-sig")
    assert read(content) == [(1, {"id": "1", "text": "a\nb"}), (2, {"id": "2", "text": "é"})]


@pytest.mark.parametrize(
    "content",
    [
        "id,text\n1,a\n",
        "id;text\r\n1;a\r\n",
        "id\ttext\n1\ta\n",
        "sep=,\nid,text\n1,a\n",
        '"sep=|"\nid|text\n1|a\n',
        ",id,text\n0,1,a\n",  # the index of a data frame
        "Unnamed: 0,id,text\n0,1,a\n",
        "id,text,,\n1,a,,\n,,,\n\n",
        "id,text\n1,a,,\n",
        "id,text,,\n1,a\n",
        " id , text\n1,a\n",
    ],
)
def test_a_table_is_taken_where_no_doubt_is(content: str) -> None:
    assert read(content.encode()) == [(1, {"id": "1", "text": "a"})]


def test_what_separates_columns_stands_most_often_in_the_first_line_and_is_a_tab_in_tsv() -> None:
    assert read(b"id;text, long;by\n1;a, b;m\n") == [(1, {"id": "1", "text, long": "a, b", "by": "m"})]
    assert read(b"id\ta,b,c\n1\tx\n", "a.tsv") == [(1, {"id": "1", "a,b,c": "x"})]


def test_a_value_in_a_column_without_a_name_is_a_fault() -> None:
    error = "stands in a column that the first line does not name"
    assert read(b",id,\nx,1,\n0,2,more\n1,3,\n") == [
        (1, "column 1", f"`x`: {error}"),
        (2, "column 3", f"`more`: {error}"),
        (3, {"id": "3"}),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", 'items: expected a first line that names each column once, not `""`'),
        (b"id,id\n", "items: expected a first line that names each column once, not `id,id`"),
        ("id\n".encode("utf-16"), "items: expected UTF-8"),
        (b'"id"x', "items: not CSV: ',' expected after '\"'"),
    ],
)
def test_a_table_without_a_first_line_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Refused) as caught:
        read(content)
    assert str(caught.value) == message


def test_a_row_that_is_at_fault_is_named_and_the_next_ones_are_read() -> None:
    long = b"1," + b"x" * 140_000
    content = b"\n".join([b"a,b", b"1", b"1,2,3", b'"1"x,2', b"1,\xff", b"", long, b"," * (LONGEST_RECORD + 1), b"1,2", b'1,"2'])
    assert read(content) == [
        (1, "record", "`1`: expected 2 columns, not 1"),
        (2, "record", "`1,2,3`: expected 2 columns, not 3"),
        (3, "record", "not CSV: ',' expected after '\"'"),
        (4, "b", "`\ufffd`: expected UTF-8"),
        (6, "record", "a field is longer than 131,072 characters"),
        (7, "record", "expected at most 16 MB"),
        (8, {"a": "1", "b": "2"}),
        (9, "record", "not CSV: unexpected end of data"),
    ]


def test_our_columns_are_known_in_whatever_letters() -> None:
    assert [form(head) for head in ("SUBMITTED_AT", "Submitted At", "ｓubmitted-at ")] == ["submitted_at"] * 3
    named = our_columns(
        ["ID", "System", "Note"], "a.csv", required=["id", "model"], optional=[], known={"id": "id", "system": "model"}
    )
    assert named == ["id", "model", "Note"]
