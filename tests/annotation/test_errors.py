from annotation.errors import Refused, Rejected, Rejection, ValidationError, storable


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
