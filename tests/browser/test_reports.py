"""How the reports look: on a phone the first column of a table stays in view, words are whole, and colours mean something."""

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]
PILOT = "/projects/demo-pilot"
# Each table is scrolled to its end; how far the cells of its first column then stand from the left edge of its region.
FIRST_COLUMN = """() => [...document.querySelectorAll(".scroll:has(> table > tbody > tr > th[scope=row]:first-child)")]
  .filter((region) => region.checkVisibility() && region.scrollWidth > region.clientWidth + 8)
  .map((region) => {
    region.scrollLeft = region.scrollWidth;
    const cells = region.querySelectorAll(":scope > table > tbody > tr > th[scope=row]:first-child");
    const left = region.getBoundingClientRect().left;
    return [...cells].map((cell) => cell.getBoundingClientRect().left - left);
  })"""
# The words of the scores that stand on two lines.
BROKEN = """() => [...document.querySelectorAll(".said-scores")].flatMap((list) => {
  const texts = document.createTreeWalker(list, NodeFilter.SHOW_TEXT), broken = [];
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/[\\p{L}']+/gu)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (range.getClientRects().length > 1) broken.push(word[0]);
    }
  }
  return broken;
})"""
COLOURS = "(marks, property) => [...new Set(marks.map((mark) => getComputedStyle(mark)[property]))]"


@pytest.mark.parametrize(
    ("path", "tables"),
    [
        (f"{PILOT}/agreement/", 3),
        (f"{PILOT}/agreement/?by=system", 1),
        (f"{PILOT}/agreement/annotators/?open=mmie-msr@1/jun", 2),
        (f"{PILOT}/responses/", 1),
        (f"{PILOT}/adjudication/lessons/", 2),
        (f"{PILOT}/scorers/", 1),
    ],
)
def test_on_a_phone_the_first_column_stays_in_view_and_the_table_scrolls_alone(sign_in: SignIn, path: str, tables: int) -> None:
    page = sign_in("lea", viewport={"width": 390, "height": 844})
    page.goto(path)
    columns = page.evaluate(FIRST_COLUMN)
    assert (len(columns), {-1 < left < 9 for column in columns for left in column}) == (tables, {True})
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [390, 720, 1440])
def test_no_word_of_a_score_is_broken(sign_in: SignIn, width: int) -> None:
    page = sign_in("lea", viewport={"width": width, "height": 844})
    page.goto(f"{PILOT}/responses/")
    page.locator("#list tbody a").first.click()
    expect(page.locator(".said-scores").first).to_contain_text("Understanding")
    assert page.evaluate(BROKEN) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_of_causes_have_the_colours_of_their_key(sign_in: SignIn, scheme: str) -> None:
    page = sign_in("lea", color_scheme=scheme)
    page.goto("/projects/demo/adjudication/lessons/")
    keys = page.locator(".causes .key").evaluate_all(COLOURS, "backgroundColor")
    bars = page.locator(".causes .shares rect").evaluate_all(COLOURS, "fill")
    assert (len(keys), len(bars) > 1, set(bars) <= set(keys)) == (4, True, True)


def test_the_name_stands_beside_its_arrow_however_long_the_list_of_pages(sign_in: SignIn) -> None:
    page = sign_in("lea", viewport={"width": 1440, "height": 900})
    page.goto("/projects/demo/")
    box = page.locator("header.top > .menu > summary").bounding_box()
    assert box
    assert box["height"] < 40  # one line


# The headings whose words reach beyond their cell.
WIDER = """() => [...document.querySelectorAll(".heat thead th")]
  .filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent)"""

# Of each field and button among the filters: its lower edge, and how far below the upper edge of its label it begins.
FIELDS = """() => [...document.querySelectorAll(".filters > label > :is(select, input), .filters > button")].map((field) => {
  const box = field.getBoundingClientRect();
  const above = field.matches("button") ? null : box.top - field.parentElement.getBoundingClientRect().top;
  return [Math.round(box.bottom), above];
})"""


@pytest.mark.parametrize(
    "path", ["results/", "events/", "responses/", "queries/", "agreement/", "references/", "adjudication/list/"]
)
def test_filters_stand_on_one_line_below_their_labels(sign_in: SignIn, path: str) -> None:
    page = sign_in("lea", viewport={"width": 1920, "height": 900})
    page.goto(f"{PILOT}/{path}")
    fields = page.evaluate(FIELDS)
    assert len(fields) > 1
    lines = sorted({bottom for bottom, _above in fields})
    assert all(lower - upper > 40 for upper, lower in pairwise(lines))  # equal within a line
    assert all(above is None or above > 12 for _bottom, above in fields)


@pytest.mark.parametrize("width", [390, 1440])
def test_headings_of_results_stay_in_their_columns(sign_in: SignIn, width: int) -> None:
    page = sign_in("lea", viewport={"width": width, "height": 844})
    page.goto(f"{PILOT}/results/")
    assert page.locator(".heat thead th").count() > 8
    assert page.evaluate(WIDER) == []


def test_on_a_phone_a_table_and_the_list_of_pages_show_that_they_go_on(sign_in: SignIn) -> None:
    page = sign_in("lea", viewport={"width": 390, "height": 844})
    page.goto(f"{PILOT}/results/")
    edges = [edge(page, at) for at in ("0", "region.scrollWidth")]
    assert edges[0] < edges[1] - 8  # in shadow, until the table's end
    page.locator(".place-menu > summary").click()
    box = page.locator(".place-menu > div").bounding_box()
    assert box
    assert 800 < box["y"] + box["height"] <= 844


def edge(page: Page, place: str) -> float:
    """How light the right edge of the first table's region is, from 0 to 255, scrolled to a place."""
    region = page.locator(".scroll").first
    region.evaluate(f"(region) => {{ region.scrollLeft = {place}; }}")
    image = Image.open(BytesIO(region.screenshot())).convert("L")
    strip = image.crop((image.width - 6, 4, image.width - 1, 24))
    return float(sum(strip.tobytes()) / len(strip.tobytes()))
