"""Other tools' records become ours, by which column is what."""

from typing import Any

import pytest

from annotation.errors import Fault, Refused
from annotation.importers.formats import layout, read_columns

TASK = {
    "id": 7,
    "data": {
        "prompt": "How do I fold a boat?",
        "picture": "/data/upload/3/a.png",
        "steps": ["Fold.", "Turn."],
        "shots": ["/data/local-files/?d=shots/1.png", "shots/2.png"],
        "name": "larch-7b",
        "year": 2026,
    },
    "annotations": [{"result": []}],
}


def read(tool: str, lines: list[str], record: Any) -> Any:
    made = layout(tool, read_columns(lines))(record)
    return (made.field, made.error) if isinstance(made, Fault) else made


def test_a_task_of_label_studio() -> None:
    lines = ["id=id", "question=prompt,image:picture", "answer=steps,image:shots", "model=name", "field=year", "metadata=year"]
    assert read("label-studio", lines, TASK) == {
        "id": "7",
        "question": [{"text": "How do I fold a boat?"}, {"image": "upload/3/a.png"}],
        "answer": [{"text": "Fold."}, {"text": "Turn."}, {"image": "shots/1.png"}, {"image": "shots/2.png"}],
        "model": "larch-7b",
        "field": "2026",
        "metadata": {"year": 2026},
    }


def test_the_id_of_the_data_comes_before_that_of_the_task() -> None:
    assert read("label-studio", ["id=id"], {"id": 7, "data": {"id": "PBL-1"}}) == {"id": "PBL-1"}


def test_a_record_of_argilla_nested_or_flat() -> None:
    nested = {"id": "x", "fields": {"prompt": "Q", "reply": "A"}, "metadata": {"model": "m"}, "responses": {}}
    flat = {"id": "x", "prompt": "Q", "reply": "A", "model": "m", "rating.responses": [4]}
    lines = ["id=id", "question=prompt", "answer=reply", "model=model", "references.6=reply"]
    record = {
        "id": "x",
        "question": [{"text": "Q"}],
        "answer": [{"text": "A"}],
        "model": "m",
        "references": {"6": [{"text": "A"}]},
    }
    assert [read("argilla", lines, record) for record in (nested, flat)] == [record, record]


def test_a_row_of_a_table_without_columns_is_taken_by_its_names() -> None:
    row = {"id": "PBL-1", "question": "Q", "answer": "A", "model": "m", "sample": "2", "field": "", "more": "x"}
    assert read("csv", [], row) == {
        "id": "PBL-1",
        "question": [{"text": "Q"}],
        "answer": [{"text": "A"}],
        "model": "m",
        "sample": 2,
    }


def test_blocks_that_are_there_already_stay_as_they_are() -> None:
    blocks = [{"text": "a", "image": "b.png"}, {"text": "c"}]
    assert read("label-studio", ["answer=said"], {"data": {"said": blocks}}) == {"answer": blocks}


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    expected = ("question", "there is no prmpt; expected one of nr, prompt")
    assert read("csv", ["id=nr", "question=prmpt"], {"nr": "1", "prompt": "Q"}) == expected
    assert read("csv", ["id=nr", "question=prompt", "field=more"], {"nr": "1", "prompt": "Q", "more": ""}) == {
        "id": "1",
        "question": [{"text": "Q"}],
    }


@pytest.mark.parametrize(
    ("tool", "record", "fault"),
    [
        ("label-studio", {"text": "x"}, ("data", '`{"text": "x"}`: expected the data of a Label Studio task')),
        ("label-studio", [], ("data", "`[]`: expected the data of a Label Studio task")),
        ("argilla", 5, ("record", "`5`: expected keys with values")),
        ("argilla", {"fields": []}, ("fields", "`[]`: expected the fields of an Argilla record")),
    ],
)
def test_what_is_no_such_record_has_its_fault(tool: str, record: Any, fault: Any) -> None:
    assert read(tool, [], record) == fault


def test_columns_named_twice_are_refused() -> None:
    for lines in (["id=a", "id=b"], ["id=a question=b"]):
        with pytest.raises(Refused, match="columns: expected a line each, such as"):
            read_columns(lines)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/data/local-files/?d=a+b.png", "a+b.png"),
        ("/data/local-files/?d=img#1.png", "img#1.png"),
        ("/data/local-files/?d=Q%26A.png", "Q%26A.png"),  # which is decoded where no file has this name
        ("/data/local-files/?d=what?&why.png", "what?&why.png"),
        ("/data/upload/3/a%20b.png", "upload/3/a%20b.png"),
        ("/data/upload/3/img#1?.png", "upload/3/img#1?.png"),
        ("https://labels.example/data/local-files/?d=a.png", "a.png"),
        ("http://labels.example:8080/prefix/data/upload/3/a.png", "upload/3/a.png"),
        ("/prefix/data/upload/3/a.png", "upload/3/a.png"),
        ("/data/other/a.png", "other/a.png"),
        ("https://pictures.example/a.png", "https://pictures.example/a.png"),
        ("images/data/upload/a.png", "images/data/upload/a.png"),
    ],
)
def test_the_address_of_an_image_in_label_studio_is_its_path(address: str, path: str) -> None:
    assert read("label-studio", ["answer=image:shot"], {"data": {"shot": address}})["answer"] == [{"image": path}]
    assert read("label-studio", ["answer=shot"], {"data": {"shot": address}})["answer"] == [{"text": address}]


def test_columns_with_our_names_in_other_letters_are_ours() -> None:
    row = {"ID": "PBL-1", " Question ": "Q", "Answer": "A", "MODEL": "m", "Gt Answer": "G"}
    assert read("csv", [], row) == {
        "id": "PBL-1", "question": [{"text": "Q"}], "answer": [{"text": "A"}], "gt_answer": [{"text": "G"}], "model": "m",
    }  # fmt: skip


def test_an_id_that_a_spreadsheet_has_shortened_is_a_fault() -> None:
    error = "`3.01E+05`: a spreadsheet has shortened this number: expected the id as it was, in a column of texts"
    assert read("csv", ["id=nr"], {"nr": "3.01E+05"}) == ("id", error)
