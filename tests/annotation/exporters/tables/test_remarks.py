from annotation.exporters import RemarkRecord
from tests.annotation.exporters.records import files_of


def test_notes_and_errors_stand_a_row_each() -> None:
    remarks = (
        RemarkRecord("PBL-1", "s", 0, "train", "r@1", "a1", 1, "note", "text", "", None, "", "=too long"),
        RemarkRecord("PBL-1", "s", 0, "train", "r@1", "a1", 2, "error", "", "response", 3, "slip", ""),
    )
    assert files_of("remarks", remarks=remarks) == {
        "remarks.csv": b"id,system,sample,split,rubric,annotator,revision,kind,criterion,part,block,error,text\n"
        b"PBL-1,s,0,train,r@1,a1,1,note,text,,,,'=too long\n"
        b"PBL-1,s,0,train,r@1,a1,2,error,,response,3,slip,\n"
    }
