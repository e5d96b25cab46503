from annotation.views.release.contents import Cell, Contents, Reason, Row, contents_of, reasons_of


def part(category: str, field: str, responses: int) -> dict[str, object]:
    return {"category": category, "field": field, "responses": responses, "share": None, "whole": None}


HELD = {
    "check": {
        "responses": 1,
        "queries": 1,
        "strata": [part("pbl", "art", 1), part("pbl", "law", 0), part("sa", "art", 0)],
        "systems": [{"system": "a", "responses": 1}, {"system": "b", "responses": 0}],
    },
    "test": {
        "responses": 0,
        "queries": 0,
        "strata": [part("pbl", "art", 0), part("pbl", "law", 0), part("sa", "art", 0)],
        "systems": [{"system": "a", "responses": 0}, {"system": "b", "responses": 0}],
    },
    "train": {
        "responses": 3,
        "queries": 2,
        "strata": [part("pbl", "art", 0), part("pbl", "law", 1), part("sa", "art", 2)],
        "systems": [{"system": "a", "responses": 0}, {"system": "b", "responses": 3}],
    },
}


def test_splits_stand_in_their_order_with_shares_and_an_empty_test_split_is_left_away() -> None:
    assert contents_of(HELD) == Contents(
        splits=[("train", 3, 2), ("check", 1, 1)],
        categories=[
            Row("pbl", [Cell(1, 100 / 3), Cell(1, 100.0)], Cell(2, 50.0)),
            Row("sa", [Cell(2, 200 / 3), Cell(0, 0.0)], Cell(2, 50.0)),
        ],
        systems=[
            Row("a", [Cell(0, 0.0), Cell(1, 100.0)], Cell(1, 25.0)),
            Row("b", [Cell(3, 100.0), Cell(0, 0.0)], Cell(3, 75.0)),
        ],
        missing=["sa"],
    )


def test_an_empty_check_split_misses_no_category_and_has_no_shares() -> None:
    contents = contents_of({"train": HELD["train"], "check": HELD["test"]})
    assert (contents.missing, contents.splits) == ([], [("train", 3, 2), ("check", 0, 0)])
    assert [row.cells[1] for row in contents.systems] == [Cell(0, None), Cell(0, None)]


def test_the_most_frequent_reason_stands_first_and_an_unknown_one_as_its_code() -> None:
    assert reasons_of({"flagged": 1, "eclipse": 4, "disputed": 4}) == [
        Reason("disputed", "awaiting adjudication", 4),
        Reason("eclipse", "eclipse", 4),
        Reason("flagged", "flagged: a broken image or an unclear query", 1),
    ]
