from annotation.exporters import DecisionRecord
from tests.annotation.exporters.records import files_of


def test_decisions_stand_with_the_blind_scores_a_row_each() -> None:
    head = ("PBL-1", "s", 0, "", "r@1", 1, "a9")
    decisions = (
        DecisionRecord(*head, "decided", 1, 0, "text", 1, "3", "na", "rubric_gap", "+1 unclear", "2026-05-01"),
        DecisionRecord(*head, "unusable", 0, 1, "", None, "", "", "", "broken", "2026-05-02"),
    )
    assert files_of("decisions", decisions=decisions) == {
        "decisions.csv": b"id,system,sample,split,rubric,round,adjudicator,outcome,stands,second,criterion,disputed,blind_score,"
        b"decision,cause,reason,decided_at\n"
        b"PBL-1,s,0,,r@1,1,a9,decided,1,0,text,1,3,na,rubric_gap,'+1 unclear,2026-05-01\n"
        b"PBL-1,s,0,,r@1,1,a9,unusable,0,1,,,,,,broken,2026-05-02\n"
    }
