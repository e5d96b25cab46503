import csv
import io
from typing import Any

import pytest

from annotation.exporters import RatingRecord
from annotation.exporters.tables import ratings as tables
from tests.annotation.exporters.records import files_of, sheet_of

COLUMNS = (
    "id,system,sample,split,rubric,annotator,criterion,score,revision,first,role,confidence,comment,active_seconds,submitted_at\n"
)


def rating(annotator: str, criterion: str, score: int | None, **changes: Any) -> RatingRecord:
    fields: dict[str, Any] = {
        "id": "PBL-1", "system": "s", "sample": 0, "split": "train", "rubric": "r@1", "annotator": annotator,
        "criterion": criterion, "score": score, "revision": 1, "first": 1, "role": "annotator", "confidence": None, "comment": "",
        "active_seconds": 60, "submitted_at": "2026-05-01",
    }  # fmt: skip
    return RatingRecord(**fields | changes)


def test_ratings_stand_a_row_each() -> None:
    ratings = (
        rating("a1", "text", 3, confidence=2, comment='a, "b"\nc'),
        rating("a1", "images", None, active_seconds=None),
        rating("a1", "text", 4, revision=2, first=0),
        rating("a9", "text", 5, role="adjudicator", active_seconds=None, comment="=cmd()"),
        rating("a2", "harm", 0, id="=1+1", split="", comment="'-- as it was"),
    )
    assert files_of("ratings", ratings=ratings)["ratings.csv"].decode() == (
        COLUMNS + 'PBL-1,s,0,train,r@1,a1,text,3,1,1,annotator,2,"a, ""b""\nc",60,2026-05-01\n'
        "PBL-1,s,0,train,r@1,a1,images,,1,1,annotator,,,,2026-05-01\n"
        "PBL-1,s,0,train,r@1,a1,text,4,2,0,annotator,,,60,2026-05-01\n"
        "PBL-1,s,0,train,r@1,a9,text,5,1,1,adjudicator,,'=cmd(),,2026-05-01\n"
        "'=1+1,s,0,,r@1,a2,harm,0,1,1,annotator,,''-- as it was,60,2026-05-01\n"
    )


def test_a_lone_carriage_return_is_read_back() -> None:
    file = files_of("ratings", ratings=(rating("a1", "text", 3, comment="lone\rreturn"),))["ratings.csv"]
    assert [row["comment"] for row in csv.DictReader(io.StringIO(file.decode(), newline=""), strict=True)] == ["lone\rreturn"]


def test_the_wide_table_has_a_column_for_each_annotator_and_first_ratings_alone() -> None:
    ratings = (
        rating("a2", "text", 3),
        rating("a2", "images", None),
        rating("a1", "text", 4),
        rating("a1", "text", 6, revision=2, first=0),
        rating("a9", "text", 5, role="adjudicator"),
        rating("a8", "text", 5, role="after_dispute"),
        rating("a1", "text", 1, id="PBL-2", split=""),
    )
    assert files_of("ratings", ratings=ratings)["ratings_wide.csv"].decode() == (
        "id,system,sample,split,rubric,criterion,a1,a2\n"
        "PBL-1,s,0,train,r@1,text,4,3\n"
        "PBL-1,s,0,train,r@1,images,,na\n"
        "PBL-2,s,0,,r@1,text,1,\n"
    )


def test_a_study_without_ratings_has_the_head_alone() -> None:
    assert files_of("ratings") == {
        "ratings.csv": COLUMNS.encode(),
        "ratings_wide.csv": b"id,system,sample,split,rubric,criterion\n",
    }


def test_the_sheets_of_a_response_stay_in_one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "PART", 2)
    sheets = [sheet_of(rating(person, "text", 1, id=query)) for query, person in ("Aa", "Ba", "Bb", "Bc", "Ca")]
    assert [[[sheet.annotator for sheet in sheets] for sheets in part] for part in tables.parts(sheets)] == [
        [["a"], ["a", "b", "c"]],
        [["a"]],
    ]


def test_what_a_sheets_answers_share_stands_in_each_of_their_rows() -> None:
    one = sheet_of(rating("a1", "text", 3, comment="=1"))._replace(answers=[("text", 3, 2), ("=x", None, None)])
    other = sheet_of(rating("a2", "text", 4))._replace(answers=[])
    assert b"".join(tables.rating_bytes([one, other])).decode() == (
        COLUMNS + "PBL-1,s,0,train,r@1,a1,text,3,1,1,annotator,2,'=1,60,2026-05-01\n"
        "PBL-1,s,0,train,r@1,a1,'=x,,1,1,annotator,,'=1,60,2026-05-01\n"
    )
