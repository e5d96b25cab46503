from annotation.errors import Fault, Refused, Rejected, Rejection, ValidationError, collecting, raise_all, storable


def test_of_very_many_faults_the_first_are_told_and_the_others_counted() -> None:
    error = ValidationError({f"key {number}": "unknown" for number in range(100_000)})
    assert (list(error.fields)[:2], len(error.fields), error.more) == (["key 0", "key 1"], 100, 99_900)
    assert str(error).startswith("key 0: unknown key 1: unknown ")
    assert str(error).endswith("key 99: unknown And 99,900 more.")
    few = ValidationError({"k" * 1_000_000: "unknown"})
    assert (few.fields, few.more, str(few)) == ({"k" * 200: "unknown"}, 0, f"{'k' * 200}: unknown")


def test_what_a_database_cannot_store_becomes_a_mark() -> None:
    assert storable("a\0b") == "a\ufffdb"
    assert storable("caf\udce9") == "caf?"
    assert str(Refused("a\0b")) == "a\ufffdb"


def test_a_validation_error_names_each_field_with_its_fault() -> None:
    error = ValidationError({"scores.text": "missing", "note": "required"})
    assert (str(error), error.fields) == ("scores.text: missing note: required", {"scores.text": "missing", "note": "required"})


def test_a_rejected_file_has_a_line_for_each_rejection() -> None:
    error = Rejected("items.json", [Rejection(2, "id", "missing"), Rejection(5, "a\0", "unknown")])
    assert str(error) == "items.json: record 2, id: missing\nitems.json: record 5, a\ufffd: unknown"


def test_many_faults_of_a_kind_are_told_once_and_the_others_each() -> None:
    faults = [(record, Fault("score", "expected a number", value)) for record, value in enumerate("abca", 2)]
    places = [(record, Fault(f"answer[{record}].image", "there is no such file", "a.png")) for record in range(6, 10)]
    alone = [(record, Fault("id", "missing")) for record in (1, 3, 11)]
    rejections = sorted((Rejection.of(*one) for one in (*faults, *places, *alone)), key=lambda rejection: rejection.record)
    error = Rejected("a.csv", rejections)
    assert str(error).splitlines() == [
        "a.csv: record 1, id: missing",
        "a.csv: score: `a`, `b`, `c`: expected a number: 4 times, first in record 2",
        "a.csv: record 3, id: missing",
        "a.csv: answer[…].image: `a.png`: there is no such file: 4 times, first in record 6",
        "a.csv: record 11, id: missing",
    ]
    report = error.report()
    assert report["rejected"][:2] == [
        {"record": 1, "field": "id", "error": "missing"},
        {"record": 2, "field": "score", "error": "`a`: expected a number"},
    ]
    assert report["kinds"] == [
        {"field": "id", "error": "missing", "count": 3, "first": 1},
        {"field": "score", "error": "`a`, `b`, `c`: expected a number", "count": 4, "first": 2},
        {"field": "answer[…].image", "error": "`a.png`: there is no such file", "count": 4, "first": 6},
    ]


def test_kinds_tell_how_many_other_values_there_are_and_keep_errors_apart() -> None:
    faults = [Fault("criterion", f"{key} is missing") for key in ("text", "images")] * 1200
    scores = [Fault("score", "expected a number", str(number)) for number in range(5)]
    error = Rejected("a.csv", [Rejection.of(number, fault) for number, fault in enumerate([*faults, *scores], 7)])
    assert str(error).splitlines() == [
        "a.csv: criterion: text is missing: 1,200 times, first in record 7",
        "a.csv: criterion: images is missing: 1,200 times, first in record 8",
        "a.csv: score: `0`, `1`, `2` and 2 more: expected a number: 5 times, first in record 2,407",
    ]


def test_faults_found_together_are_raised_as_one_and_collected_as_each() -> None:
    faults: list[Fault] = []
    raise_all(faults)
    one, two, three = (Fault(field, "missing") for field in ("id", "model", "answer"))
    with collecting(faults):
        inner: list[Fault] = []
        with collecting(inner):
            raise_all([one, two])
        raise_all([*inner, three])
    assert faults == [one, two, three]
