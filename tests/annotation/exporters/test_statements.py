from annotation.exporters import SeenImage
from annotation.exporters.statements import LEFT_OUT, REASONS, count, decimals, left_out, listed, people, seen, summary
from annotation.flow.labels.rule import LEFT_OUT as WITHOUT_LABEL
from tests.annotation.exporters.records import content, label


def test_numbers_are_written_as_papers_write_them() -> None:
    numbers = (0.615, -0.4, 0.0, 1.0, -1.204, 0.999)
    assert [decimals(number) for number in numbers] == [".61", "-.40", ".00", "1.00", "-1.20", "1.00"]
    assert [count(number, "image") for number in (0, 1, 20103)] == ["0 images", "1 image", "20,103 images"]
    assert [listed(["a", "b", "c"][:number]) for number in (1, 2, 3)] == ["a", "a and b", "a, b and c"]


def test_a_summary_names_the_splits_that_have_responses() -> None:
    about = content(*(label(split=split) for split in ("train", "train", "check", "test"))).about
    assert (
        summary(about)
        == "4 model responses, scored by people against a rubric: 2 to train on, 1 to check with and 1 to test with."
    )


def test_nobody_is_named_where_people_are_counted() -> None:
    assert people(content(label()).about) == "3 of 3 annotators scored each response. 1 adjudicator decided disputes."


def test_every_reason_has_words() -> None:
    assert set(WITHOUT_LABEL) <= set(LEFT_OUT)
    about = content(label(), manifest={"left_out": [{"reason": "unusable"}, {"reason": "unusable"}]}).about
    assert left_out(about) == [(2, "marked unusable by an adjudicator")]
    assert seen([SeenImage("a.png", "a.gif", tuple(REASONS))]) == [(1, text) for text in REASONS.values()]
