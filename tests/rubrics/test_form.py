from typing import Any

import pytest

from rubrics.form import form_of, number, posted_record, rearranged, with_image, with_translations
from rubrics.yaml import parse, record_of
from tests.factories import criterion, penalty, rubric_file

WORDS = {"zh-hans": {"title": "小", "criteria": {"text": {"title": "文本", "levels": {"1": {"descriptor": "没有"}}}}}}


def posted(record: dict[str, Any]) -> dict[str, str]:
    """What a browser sends of the record's form."""
    form = form_of(record, {})
    sent = {field.name: field.value for field in form.fields.values()} | {"criteria": str(len(form.criteria))}
    for item in form.criteria:
        sent |= {f"{item.name}.kind": item.kind} | {field.name: field.value for field in item.fields.values()}
        for level in item.levels:
            sent |= {field.name: field.value for field in (level.label, level.descriptor, level.example)}
            sent |= {level.image.name: level.image.value} if level.image.value else {}
    return sent | ({"shows_correct_answer": "on"} if form.shows_correct_answer else {})


@pytest.mark.parametrize("shows", [False, True])
def test_a_form_sent_as_it_came_is_the_same_rubric(shows: bool) -> None:
    criteria = [criterion(key="text", weight=1.25, na="allowed"), penalty()]
    criteria[0]["levels"][2]["example"] = "As in: half of it."
    criteria[0]["levels"][3]["example"] = {"text": "As in:", "image": "a" * 64}
    criteria[0]["levels"][4]["example"] = {"image": "b" * 64}
    content = parse(rubric_file(shows_correct_answer=shows, guidance="Two\nlines.", criteria=criteria, translations=WORDS))
    assert parse(with_translations(posted_record(posted(record_of(content))))) == content


def test_what_was_typed_stays_as_it_was_typed() -> None:
    sent = posted(record_of(parse(rubric_file())))
    sent |= {"slug": "Not A Slug", "scale.max": "five", "criteria[1].key": "A key", "criteria[1].weight": "1,5 kg"}
    sent |= {"criteria[1].levels.2.descriptor": " half\r\nof it ", "criteria[3].points": ""}
    assert posted(posted_record(sent)) == sent | {"criteria[1].levels.2.descriptor": " half\nof it "}


def test_the_image_of_an_example_is_put_in_and_taken_away() -> None:
    criteria = [criterion(key="text"), penalty()]
    criteria[0]["levels"][2]["example"] = "Half of it."
    record = record_of(parse(rubric_file(criteria=criteria)))

    def examples(record: dict[str, Any]) -> list[Any]:
        return [level.get("example") for level in record["criteria"][0]["levels"].values()][:2]

    both = with_image(with_image(record, "1", "2", "a" * 64), "1", "1", "b" * 64)
    assert examples(both) == [{"image": "b" * 64}, {"text": "Half of it.", "image": "a" * 64}]
    assert examples(rearranged(both, "clear-1.2")) == [{"image": "b" * 64}, "Half of it."]
    assert examples(rearranged(both, "clear-1.1")) == [None, {"text": "Half of it.", "image": "a" * 64}]
    for place in (("2", "1"), ("3", "1"), ("0", "1"), ("1", "7"), ("x", "1"), ("1", "x")):
        assert with_image(record, *place, "a" * 64) == record
    assert examples(record) == [None, "Half of it."]


def test_levels_beyond_the_scale_stay_unless_they_are_empty() -> None:
    sent = posted(record_of(parse(rubric_file()))) | {"scale.max": "4", "criteria[1].levels.6.label": ""}
    sent["criteria[1].levels.6.descriptor"] = ""
    levels = form_of(posted_record(sent), {}).criteria[0].levels
    assert [(level.value, level.descriptor.value) for level in levels] == [(n, f"text, level {n}") for n in range(1, 6)]


def test_a_wider_scale_has_empty_levels() -> None:
    sent = posted(record_of(parse(rubric_file()))) | {"scale.min": "0"}
    levels = form_of(posted_record(sent), {}).criteria[0].levels
    assert [(level.value, level.descriptor.value) for level in levels][:2] == [(0, ""), (1, "text, level 1")]


@pytest.mark.parametrize(
    ("action", "keys"),
    [
        ("add-rated", ["text", "images", "harm", None]),
        ("add-penalty", ["text", "images", "harm", None]),
        ("remove-2", ["text", "harm"]),
        ("up-3", ["text", "harm", "images"]),
        ("down-1", ["images", "text", "harm"]),
        ("up-1", ["text", "images", "harm"]),
        ("down-3", ["text", "images", "harm"]),
        ("remove-9", ["text", "images", "harm"]),
        ("add-other", ["text", "images", "harm"]),
        ("save", ["text", "images", "harm"]),
    ],
)
def test_a_button_rearranges_the_criteria(action: str, keys: list[str | None]) -> None:
    assert [item.get("key") for item in rearranged(rubric_file(), action)["criteria"]] == keys


def test_a_fault_stands_at_its_field() -> None:
    faults = {"criteria[1].levels.3.descriptor": "too long", "scale.max": "none", "criteria[2].levels": "missing"}
    form = form_of(record_of(parse(rubric_file())), faults)
    assert form.criteria[0].levels[2].descriptor.fault == "too long"
    assert (form.fields["scale_max"].fault, form.criteria[1].fault, form.criteria[0].fault) == ("none", "missing", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [(" 3 ", 3), ("-2", -2), ("1.5", 1.5), ("1,5", 1.5), ("", ""), ("1e3", "1e3"), ("٣", "٣"), ("nan", "nan")],
)
def test_a_number_is_read_with_point_or_comma(text: str, value: Any) -> None:
    assert number(text) == value
