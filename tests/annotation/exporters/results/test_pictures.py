from typing import Any
from xml.etree import ElementTree

from annotation.exporters.results import Cell, ResultsTable, Row, heat_map, intervals
from annotation.exporters.results.pictures import INK, LIGHT, PAPER, SHADES
from tests.annotation.exporters.results.tables import HOSTILE, RESULTS

SVG = "{http://www.w3.org/2000/svg}"


def drawn(picture: str) -> Any:
    return ElementTree.fromstring(picture)


def texts(root: Any, kind: str) -> list[str]:
    return [each.text for each in root.iter(f"{SVG}text") if each.get("class") == kind]


def attributes(root: Any, tag: str, kind: str, *names: str) -> list[list[str]]:
    return [[each.get(name) for name in names] for each in root.iter(f"{SVG}{tag}") if each.get("class") == kind]


def test_a_system_is_a_dot_with_its_interval_and_its_figures() -> None:
    root = drawn(intervals(RESULTS.rows, title="Overall, percent", domain=(0, 100)))
    left = 8 * 7 + 24  # the longest name in pixels, and room beside it
    assert texts(root, "title") == ["Overall, percent"]
    assert texts(root, "name") == ["larch-7b", "quill_mm"]
    assert texts(root, "figure") == ["68.4 [66.5, 70.3]", "44.9"]
    assert texts(root, "tick") == ["0", "25", "50", "75", "100"]
    assert attributes(root, "line", "band", "x1", "x2", "y1") == [[f"{left + 3.6 * 66.5:g}", f"{left + 3.6 * 70.25:g}", "49"]]
    assert attributes(root, "circle", "dot", "cx", "cy") == [["326.42", "49"], ["241.64", "79"]]


def test_an_undefined_figure_has_its_reason_and_no_dot() -> None:
    root = drawn(intervals([Row("larch-7b", (Cell(reason="no response has a value"),))], title="Overall", domain=(0, 100)))
    assert texts(root, "figure") == ["no response has a value"]
    assert attributes(root, "circle", "dot", "cx") == []


def test_differences_have_a_line_at_0_and_end_at_the_ends_of_the_axis() -> None:
    root = drawn(intervals([Row("a - b", (Cell(12.0, -2.0, 30.0),))], title="Differences", domain=(-10, 10)))
    left = 5 * 7 + 24
    assert attributes(root, "line", "zero", "x1") == [[f"{left + 180}"]]
    assert attributes(root, "line", "band", "x1", "x2") == [[f"{left + 144}", f"{left + 360}"]]
    assert attributes(root, "circle", "dot", "cx") == [[f"{left + 360}"]]


def test_a_heat_map_has_a_square_for_each_cell_the_darker_the_more() -> None:
    rows = tuple(Row(f"system {value}", (Cell(float(value)),)) for value in (-1, 0, 69, 70, 100, 101))
    root = drawn(heat_map(ResultsTable("", "", ("Art",), rows, places="1"), title="Fields", domain=(0, 100)))
    groups = list(root.iter(f"{SVG}g"))
    assert [group.get("class") for group in groups] == [f"shade-{shade}" for shade in (0, 0, 6, 7, 9, 9)]
    assert [group.find(f"{SVG}title").text for group in groups][:2] == ["system -1, Art: -1", "system 0, Art: 0"]
    assert [group.find(f"{SVG}text").get("fill") for group in groups][2:4] == ["#1c1b18", "#ffffff"]
    assert texts(root, "value") == ["-1", "0", "69", "70", "100", "101"]


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_text_on_every_shade_can_be_read() -> None:
    for shade, colour in enumerate(SHADES):
        dark, light = sorted(map(luminance, (colour, INK if shade < LIGHT else PAPER)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_an_undefined_cell_of_a_heat_map_is_a_dash_with_its_reason() -> None:
    root = drawn(heat_map(RESULTS, title="Criteria", domain=(0, 100)))
    [group] = [group for group in root.iter(f"{SVG}g") if group.get("class") == "undefined"]
    assert group.find(f"{SVG}title").text == "quill_mm, Multi-step reasoning: no response has a value"
    assert group.find(f"{SVG}text").text == "–"


def test_a_long_title_of_a_column_is_wrapped() -> None:
    root = drawn(heat_map(RESULTS, title="Criteria", domain=(0, 100)))
    assert texts(root, "name") == ["Overall", "Multi-step", "reasoning", "larch-7b", "quill_mm"]


def test_what_people_and_models_named_is_text_alone() -> None:
    title = 'a" onload="x" ]]> \ufffe & <script>'
    for picture in (intervals(HOSTILE.rows, title=title, domain=(-1, 1)), heat_map(HOSTILE, title=title, domain=(-1, 1))):
        root = drawn(picture)
        assert texts(root, "title") == ['a" onload="x" ]]> & <script>']
        assert "@sum_<script>" in texts(root, "name")
        assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {"svg", "title", "rect", "text", "line", "circle", "g"}
        assert not {"style", "onload", "href"} & {name for each in root.iter() for name in each.attrib}


def test_a_picture_without_rows_is_a_picture() -> None:
    empty = ResultsTable("", "System", (), ())
    for picture in (intervals([], title="Overall", domain=(0, 100)), heat_map(empty, title="Overall", domain=(0, 100))):
        assert texts(drawn(picture), "title") == ["Overall"]
