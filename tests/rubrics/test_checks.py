import pytest

from rubrics.checks import BadRubric, Faults, bad_field, is_storable, text


def test_a_fault_stands_beside_its_field_without_its_name() -> None:
    assert bad_field("a.b", "a.b: expected more").fields == {"a.b": "expected more"}
    assert bad_field("a.b", "a.b：应为整数").fields == {"a.b": "应为整数"}


def test_a_refusal_names_all_faults_in_their_order() -> None:
    faults = Faults()
    assert faults.check(text, " fine ", "title", 10) == "fine"
    assert faults.check(text, "", "title", 10) is None
    assert faults.check(text, "too long", "slug", 3) is None
    with pytest.raises(BadRubric) as caught:
        faults.settle()
    expected = {"title": "expected a text of at most 10 characters", "slug": "expected a text of at most 3 characters"}
    assert caught.value.fields == expected
    quotes = {"title": '`""`', "slug": "`too long`"}
    assert str(caught.value) == "; ".join(f"{field}: {quotes[field]}: {fault}" for field, fault in expected.items())


def test_without_faults_nothing_is_refused() -> None:
    Faults().settle()


@pytest.mark.parametrize(("words", "storable"), [("é漢🙂", True), ("a\0", False), ("\ud800", False)])
def test_a_text_that_no_database_takes_is_not_storable(words: str, storable: bool) -> None:
    assert is_storable(words) is storable
