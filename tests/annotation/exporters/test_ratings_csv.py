import csv
import io

from annotation.exporters import RatingRecord
from tests.annotation.exporters.records import files_of


def test_ratings_stand_as_they_were_given() -> None:
    ratings = (
        RatingRecord("PBL-1", "=cmd()", 0, "train", "r@1", "a1", "text", 3),
        RatingRecord("PBL-1", 'a, "b"\nc', 2, "", "r@1", "a1", "images", None),
        RatingRecord("PBL-2", "lone\rreturn", 0, "check", "r@1", "a2", "harm", 0),
    )
    (file,) = files_of("ratings", ratings=ratings).values()
    assert file == (
        b"id,system,sample,split,rubric,annotator,criterion,score\n"
        b"PBL-1,=cmd(),0,train,r@1,a1,text,3\n"
        b'PBL-1,"a, ""b""\nc",2,,r@1,a1,images,\n'
        b'PBL-2,"lone\rreturn",0,check,r@1,a2,harm,0\n'
    )
    rows = list(csv.DictReader(io.StringIO(file.decode(), newline=""), strict=True))
    assert [row["system"] for row in rows] == [rating.system for rating in ratings]
