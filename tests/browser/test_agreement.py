"""The agreement pages as a manager uses them: what is drawn is chosen in place, and every number leads to its responses."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_accessibility import found
from tests.installation import Installation

SignIn = Callable[..., Page]
SETUP = """
import json, tempfile
from pathlib import Path
from random import Random
from annotation.flow.load.scores import load_scores
from annotation.flow.setup.projects import add_member, create_project
from tests.factories import load, record
project = create_project(slug="agreement", rubrics=["mmie-pbl"], title="Agreement", seed=1)
add_member(username="lea", project=project, role="manager")
numbers, systems, annotators = range(1, 31), ("system-a", "system-b"), ("gil", "hana", "ivo-of-the-far-north", "jun", "kim")
load(project, [record(number, model=system) for number in numbers for system in systems])
random, rows = Random(1), []
for number, system in [(number, system) for number in numbers for system in systems]:
    truth = random.randint(2, 5)
    for place, annotator in enumerate(annotators):
        scores = {key: truth + random.choice((-1, 0, 0, 1)) for key in ("text_quality", "method_quality", "creativity")}
        if (number, system) == (7, "system-b"):
            scores["creativity"] = (1, 6, 3, 3, 3)[place]
        scores |= dict.fromkeys(("image_quality", "text_image_coherence", "stylistic_consistency"), "na")
        scores["emotional_impact"] = int(random.random() < 0.2)
        about = {"id": f"PBL-{number:04}", "model": system, "annotator": annotator, "active_seconds": random.randint(30, 300)}
        about["submitted_at"] = f"2026-03-{number // 8 * 7 + 2:02}T12:00:00Z"
        rows += [about | {"criterion": key, "score": score} for key, score in scores.items()]
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder, "scores.jsonl")
    file.write_text("".join(json.dumps(row) + chr(10) for row in rows))
    load_scores(path=file, project=project)
print(json.dumps(project.slug))
"""
WORST = [
    "gil 1",
    "hana 6",
    "ivo-of-the-far-north 3",
    "jun 3",
    "kim 3",
]  # of creativity, on the second answer to the seventh query
OPEN_ALL = "document.querySelectorAll('main details').forEach((details) => { details.open = true })"
WIDTH = "document.documentElement.scrollWidth"
# The least contrast of a text of the matrices with what is behind it, in all shades: axe does not look at what is drawn.
LEAST_CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const luminance = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => value / 255)
      .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const fill = (element) => getComputedStyle(element).fill;
  const card = getComputedStyle(document.querySelector(".card")).backgroundColor;
  const names = document.querySelectorAll(".matrix:not(.names) [role$=header] text");
  const found = [...names].map((text) => contrast(fill(text), card));
  for (const cell of document.querySelectorAll(".matrix [role=cell]:has(text)")) {
    const before = cell.getAttribute("class");
    for (let shade = 0; shade < 10; shade += 1) {
      cell.setAttribute("class", before.replace(/shade-./, `shade-${shade}`));
      for (const text of cell.querySelectorAll("text")) found.push(contrast(fill(text), fill(cell.querySelector("rect"))));
    }
    cell.setAttribute("class", before);
  }
  return Math.min(...found);
}"""


class Listed(NamedTuple):
    """What the list behind a number shows: what it is of, how many responses, and the ratings of the first."""

    parts: list[str]
    total: str
    first: list[str]


@pytest.fixture(scope="module")
def address(demo: tuple[Installation, str]) -> str:
    """Of the agreement of a study of 30 queries, two systems and four weeks, one response of which is rated far apart."""
    return f"/projects/{demo[0].run(SETUP)}/agreement/"


@pytest.fixture
def page(sign_in: SignIn, address: str) -> Page:
    page = sign_in("lea")
    page.goto(address)
    return page


def followed(page: Page, link: Locator, *, by_key: bool = False) -> Listed:
    """The list that the link leads to, once it is there; worst first."""
    if by_key:
        link.focus()
        page.keyboard.press("Enter")
    else:
        link.click()
    page.wait_for_url("**/responses/?*")
    spreads = [float(spread) for spread in page.locator("#list tbody tr > td:nth-child(5)").all_inner_texts()]
    assert spreads == sorted(spreads, reverse=True)
    return Listed(
        parts=[" ".join(part.split()).partition(" ×")[0] for part in page.locator("#list .chip").all_text_contents()],
        total=page.locator("#list > header small").inner_text(),
        first=[
            " ".join(rating.split())
            for rating in page.locator("#list tbody tr").first.locator(".ratings span[title]").all_text_contents()
        ],
    )


def drawn(page: Page) -> list[str]:
    """What the matrix, the confusion and the trend are of."""
    return [
        said.partition(" · ")[0]
        for said in page.locator("#report .card:not([aria-label]):has(.matrix, .trend) > header small").all_inner_texts()
    ]


def choices(page: Page) -> tuple[list[str], str]:
    """What the form says: the ticked groups, and the criterion that is drawn."""
    ticked = page.locator("[name=by]:checked").evaluate_all("(boxes) => boxes.map((box) => box.value)")
    return ticked, page.locator("[name=of]").input_value()


def choose_creativity(page: Page) -> None:
    page.get_by_label("Chart criterion").select_option(label="Creativity and engagement")
    expect(page.locator("#report .matrix:not(.names)")).to_have_count(2)
    expect(page.locator("#report .card:not([aria-label]):has(.trend) > header small")).to_contain_text("Creativity")


def test_groups_and_what_is_drawn_are_chosen_in_place_and_back_is_the_whole_page_as_it_was(page: Page, address: str) -> None:
    page.evaluate("window.same = true")
    page.get_by_role("checkbox", name="system").check()
    expect(page.locator(".criterion")).to_have_count(8)
    expect(page.locator("table.by-group tbody th")).to_have_text(["system-a", "system-b"])
    choose_creativity(page)
    expect(page.locator(".criterion")).to_have_count(8)
    page.get_by_role("checkbox", name="week").check()
    expect(page.locator("table.by-group tbody th").first).to_have_text("system-a, 2026-W10")
    assert (page.evaluate("window.same"), page.locator("h1").count()) == (True, 1)
    seen = []
    for _step in range(3):
        page.go_back()
        expect(page.get_by_role("heading", name="Agreement", level=1)).to_be_visible()
        expect(page.get_by_role("navigation", name="Project")).to_be_visible()
        seen.append((*choices(page), page.locator(".criterion").count(), drawn(page)[0]))
    assert seen == [
        (["system"], "mmie-pbl@1/creativity", 8, "Creativity and engagement"),
        (["system"], "mmie-pbl@1/", 8, "All criteria"),
        ([], "mmie-pbl@1/", 0, "All criteria"),
    ]
    assert page.url.endswith(address)


def test_matrix_confusion_and_trend_are_of_the_criterion_that_is_chosen(page: Page) -> None:
    assert drawn(page) == ["All criteria", "All criteria", "Overall"]
    choose_creativity(page)
    assert drawn(page) == ["Creativity and engagement"] * 3
    links = page.locator("#report .card:not([aria-label]):has(.matrix, .trend) a").evaluate_all(
        "(links) => links.map((a) => a.href.baseVal)"
    )
    assert {"criterion=creativity" in link for link in links} == {True}


def test_an_alpha_leads_to_its_responses_and_the_first_of_them_to_all_that_was_said_of_it(page: Page) -> None:
    row = page.locator("table.agreement").first.locator("tr", has=page.get_by_role("link", name="Creativity and engagement"))
    assert row.locator("td").last.inner_text() == "60"
    assert followed(page, row.locator("td a").first) == Listed(
        ["Creativity and engagement", "rubric: mmie-pbl@1"], "60 responses", WORST
    )
    page.locator("#list tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("PBL-0007")
    said = page.locator("section:has(#scores) tr", has_text="Creativity and engagement").locator("td").all_inner_texts()
    assert said[:-1] == ["1", "6", "3", "3", "3", "–"]  # five ratings and no label; the fair label is the last


def test_a_pair_leads_to_its_responses_by_key(page: Page) -> None:
    choose_creativity(page)
    page.locator("#report .matrix a").first.focus()
    page.keyboard.press("Tab")
    expect(page.locator("#report .matrix a").nth(1)).to_be_focused()
    pair = page.get_by_role("link", name="hana · gil: ")
    assert followed(page, pair, by_key=True) == Listed(
        ["Creativity and engagement", "gil and hana", "rubric: mmie-pbl@1"], "60 responses", WORST
    )


def test_a_cell_of_the_confusion_leads_to_the_responses_that_got_both_levels(page: Page) -> None:
    choose_creativity(page)
    assert followed(page, page.get_by_role("link", name="6 · 1: 1 (")) == Listed(
        ["Creativity and engagement", "levels 6 and 1", "rubric: mmie-pbl@1"], "1 response", WORST
    )


def test_a_week_leads_to_its_responses(page: Page) -> None:
    choose_creativity(page)
    assert followed(page, page.locator(".trend").get_by_role("link", name="2026-W10: ")) == Listed(
        ["Creativity and engagement", "rubric: mmie-pbl@1", "week: 2026-W10"], "14 responses", WORST
    )


def test_a_group_leads_to_its_own_responses(page: Page) -> None:
    page.get_by_role("checkbox", name="system").check()
    page.locator(".criterion").get_by_role("link", name="Creativity and engagement").click()
    expect(page.locator(".criterion a[aria-current]")).to_have_text("Creativity and engagement")
    assert followed(page, page.locator("table.by-group").get_by_role("link", name="system-b")) == Listed(
        ["Creativity and engagement", "rubric: mmie-pbl@1", "system: system-b"], "30 responses", WORST
    )


def test_a_criterion_opens_by_key_and_keeps_the_focus_and_the_order_that_was_chosen(page: Page) -> None:
    page.get_by_role("checkbox", name="system").check()
    page.locator("table.by-group").get_by_role("link", name="Alpha", exact=True).click()
    expect(page.locator("th[aria-sort]")).to_have_text("Alpha")
    page.locator(".criterion").get_by_role("link", name="Creativity and engagement").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".criterion a[aria-current]")).to_be_focused()
    expect(page.locator(".criterion a[aria-current]")).to_have_text("Creativity and engagement")
    expect(page.locator("th[aria-sort]")).to_have_text("Alpha")
    page.get_by_role("checkbox", name="field", exact=True).check()
    expect(page.locator("table.by-group tbody th").first).to_contain_text(", system-")
    expect(page.locator("th[aria-sort]")).to_have_text("Alpha")


def test_an_annotators_level_leads_to_the_responses_that_got_it_by_key(page: Page) -> None:
    page.get_by_role("link", name="By annotator").click()
    row = page.locator("table.people tr", has=page.get_by_role("link", name="gil"))
    listed = followed(page, row.get_by_role("link", name="Level 1: "), by_key=True)
    assert (listed.parts, listed.first) == (
        ["All criteria", "gil compared with the others", "level 1", "rubric: mmie-pbl@1"],
        WORST,
    )


@pytest.mark.parametrize("script", ["", "delete Navigator.prototype.clipboard"], ids=["clipboard", "selection"])
def test_the_paper_is_copied_and_the_button_says_so_for_a_while(sign_in: SignIn, address: str, script: str) -> None:
    page = sign_in("lea", permissions=["clipboard-read", "clipboard-write"])
    page.clock.install()
    page.goto(address)
    page.evaluate("window.clipboard = navigator.clipboard")
    page.evaluate(script)
    page.get_by_text("LaTeX").click()
    button = page.locator("[data-copies=paper-latex]")
    expect(button).to_have_text("Copy")
    button.click()
    expect(button).to_have_text("Copied")
    expect(button).to_be_focused()
    button.click()
    text = page.get_by_label("LaTeX").input_value()
    assert ("\\begin{tabular}" in text, page.evaluate("window.clipboard.readText()")) == (True, text)
    page.clock.fast_forward(2500)  # milliseconds: longer than it says so
    expect(button).to_have_text("Copy")


def test_without_script_the_form_and_the_paper_can_be_used(sign_in: SignIn, address: str) -> None:
    page = sign_in("lea", java_script_enabled=False)
    page.goto(address)
    page.get_by_text("Markdown").click()
    assert page.get_by_label("Markdown").input_value().startswith("In the study “Agreement”, five annotators gave 300 first")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.get_by_role("checkbox", name="system").check()
    page.get_by_label("Chart criterion").select_option(label="Creativity and engagement")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".criterion")).to_have_count(8)
    assert (choices(page), drawn(page)) == ((["system"], "mmie-pbl@1/creativity"), ["Creativity and engagement"] * 3)
    pair = page.get_by_role("link", name="gil · hana: ")
    assert followed(page, pair).first == WORST


@pytest.mark.parametrize("part", ["", "?by=system", "?by=system&by=week&by=category", "annotators/"])
def test_no_page_is_wider_than_a_phone(sign_in: SignIn, address: str, part: str) -> None:
    page = sign_in("lea", viewport={"width": 390, "height": 844})
    page.goto(address + part)
    page.evaluate(OPEN_ALL)
    assert page.evaluate(WIDTH) == 390


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_drawn_can_be_read_in_all_colours(sign_in: SignIn, address: str, scheme: str, forced: str) -> None:
    page = sign_in("lea", color_scheme=scheme, forced_colors=forced, reduced_motion="reduce")
    wrong = {}
    for part in ("", "?by=system", "annotators/"):
        page.goto(address + part)
        page.evaluate(OPEN_ALL)
        wrong[part] = found(page, {"resultTypes": ["violations"]})
    assert wrong == {"": [], "?by=system": [], "annotators/": []}
    page.goto(address)
    assert page.evaluate(LEAST_CONTRAST) >= 4.5
