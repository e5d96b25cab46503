"""Two releases as rows: what differs, and which of the reasons can be behind it."""

from typing import Any

from annotation.flow.release.comparison import LabelRow, compare_labels


def row(id: str = "q1", **values: Any) -> LabelRow:
    named = {"system": "a", "sample": 0, "rubric": "pbl@1", "split": "train", "overall": 4.5, "score": 5, "how": "agreed"}
    return LabelRow(id=id, **{**named, "criteria": {"text": 4.5, "harm": False}, **values})


def compared(old: list[LabelRow], new: list[LabelRow], **more: Any) -> dict[str, Any]:
    return compare_labels(old, new, **{"since": {}, "everywhere": [], "left_out": {}, **more})


def test_labels_that_are_the_same_are_only_counted() -> None:
    report = compared([row(), row("q2")], [row("q2"), row()], since={row().key: ["revised"]}, everywhere=["rules"])
    counts = {"same": 2, "changed": 0, "new": 0, "gone": 0}
    assert report == {"counts": counts, "what": {}, "why": {}, "labels": []}


def test_a_changed_label_says_what_differs_and_why() -> None:
    new = row(overall=2.0, score=2, how="adjudicated", criteria={"text": 2.0, "harm": False})
    report = compared([row(), row("q2")], [new, row("q2")], since={row().key: ["reopened", "decided"]})
    values = {"rubric": "pbl@1", "split": "train"}
    assert report == {
        "counts": {"same": 1, "changed": 1, "new": 0, "gone": 0},
        "what": {"criteria": 1, "how": 1, "overall": 1, "score": 1},
        "why": {"decided": 1, "reopened": 1},
        "labels": [
            {
                "id": "q1",
                "system": "a",
                "sample": 0,
                "change": "changed",
                "what": ["overall", "score", "criteria", "how"],
                "why": ["decided", "reopened"],
                "left_out": None,
                "old": {**values, "overall": 4.5, "score": 5, "how": "agreed", "criteria": {"text": 4.5, "harm": False}},
                "new": {**values, "overall": 2.0, "score": 2, "how": "adjudicated", "criteria": {"text": 2.0, "harm": False}},
            }
        ],
    }


def differences(report: dict[str, Any]) -> list[tuple[str, str, list[str], list[str], str | None]]:
    return [(one["id"], one["change"], one["what"], one["why"], one["left_out"]) for one in report["labels"]]


def test_labels_that_come_and_go_say_why_they_are_left_out_of_the_other() -> None:
    left_out = {row("q1").key: "not_judged", row("q3").key: "query_dropped"}
    since = {row("q1").key: ["judged"], row("q3").key: ["dropped"]}
    report = compared([row("q2"), row("q3")], [row("q1"), row("q2")], since=since, left_out=left_out)
    assert differences(report) == [("q1", "new", [], ["judged"], "not_judged"), ("q3", "gone", [], ["dropped"], "query_dropped")]
    assert report["counts"] == {"same": 1, "changed": 0, "new": 1, "gone": 1}
    assert (report["labels"][0]["old"], report["labels"][1]["new"]) == (None, None)


def test_another_split_is_no_matter_of_the_ratings_and_another_version_of_the_rubric_is_one_of_the_label() -> None:
    happened = {"since": {row("q1").key: ["revised"], row("q2").key: ["revised"]}, "everywhere": ["rules"]}
    report = compared([row("q1"), row("q2")], [row("q1", split="check"), row("q2", rubric="pbl@2")], **happened)
    assert differences(report) == [
        ("q1", "changed", ["split"], ["split"], None),
        ("q2", "changed", ["rubric"], ["revised", "rubric", "rules"], None),
    ]


def test_samples_and_rubrics_of_one_response_are_labels_of_their_own() -> None:
    old = [row(), row(sample=1), row(rubric="sa@1")]
    report = compared(old, [row(), row(sample=1, score=1), row(rubric="sa@2")])
    assert [(one["sample"], one["new"]["rubric"], one["what"]) for one in report["labels"]] == [
        (0, "sa@2", ["rubric"]),
        (1, "pbl@1", ["score"]),
    ]
