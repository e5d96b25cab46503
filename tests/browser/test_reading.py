import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

from tests.browser import hard
from tests.installation import Installation

SignIn = Callable[..., Page]
PICTURE = {"image": "/static/annotation/mark.svg", "width": 600, "height": 400, "sizes": []}
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" width="6" height="4"/>'
LISTEN = """() => {
    window.looks = [];
    document.addEventListener("sixpoint:look", (event) => window.looks.push(event.detail));
}"""
FOCUS = """(detail) => document.getElementById("main").dispatchEvent(new CustomEvent("sixpoint:focus", {detail}))"""
SCORED = """() => document.getElementById("main").dispatchEvent(new CustomEvent("sixpoint:scored"))"""
CHOSEN = """() => [...document.querySelectorAll(".part .picture:has(source) img")].map(
    (image) => [image.naturalWidth, image.clientWidth]
)"""
PLACES = """() => [...document.querySelectorAll(".stage img")].map((image) => {
    const { left, top } = image.parentElement.getBoundingClientRect();
    const box = image.getBoundingClientRect();
    return [box.left - left, box.top - top, box.width].map(Math.round);
})"""


@pytest.fixture(scope="session")
def reader(demo: tuple[Installation, str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Somebody who has one response to score in each project of what is hard to show."""
    made, password = demo
    hard.load(made, tmp_path_factory.mktemp("hard"), people="rhea", password=password)
    return "rhea"


def open_case(page: Page, name: str) -> None:
    page.goto(f"/projects/{name}/annotate/")
    if "/assignments/" not in page.url:
        page.locator("main .do").click()
        page.wait_for_url("**/assignments/*/")


def open_with(page: Page, name: str, **context: Any) -> None:
    """The page of the case with another reading side: what the project's settings make of it."""
    open_case(page, name)
    reading = render_to_string("annotation/reading/_reading.html", context)

    def changed(route: Route) -> None:
        answer = route.fetch()
        body, count = re.subn(
            r'(<div class="read">).*?(</div>\s*<form)',
            lambda found: found[1] + reading + found[2],
            answer.text(),
            flags=re.DOTALL,
        )
        assert count == 1
        route.fulfill(response=answer, body=body)

    page.route(page.url, changed)
    page.reload()


def blocks(*texts: str) -> list[dict[str, Any]]:
    return [{**PICTURE, "text": text} for text in texts]


def looks(page: Page) -> list[tuple[list[int], str | None]]:
    return [(look["levels"], look["criterion"]) for look in page.evaluate("window.looks")]


def shown_levels(page: Page) -> list[str | None]:
    return [rung.get_attribute("data-level") for rung in page.locator(".rung:visible").all()]


def test_the_ladder_is_closed_at_first_and_shows_no_level_without_a_neighbour(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "steps")
    page.evaluate(LISTEN)
    assert shown_levels(page) == []
    page.keyboard.press("r")
    seen = [shown_levels(page)]
    for level in "123456":
        page.locator(".rungs").get_by_role("button", name=level, exact=True).click()
        seen.append(shown_levels(page))
    assert seen == [["3", "4"], ["1", "2"], ["2", "3"], ["3", "4"], ["4", "5"], ["5", "6"], ["5", "6"]]
    expect(page.locator(".rungs [aria-pressed=true]")).to_have_text(["5", "6"])
    expect(page.locator("#reading-says")).to_have_text("Overall level 5 and overall level 6")
    assert looks(page) == [([low, low + 1], None) for low in (3, 1, 2, 3, 4, 5)]


def test_a_look_is_told_again_when_the_ladder_is_opened_again_and_not_before(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "steps")
    page.evaluate(LISTEN)
    for _time in range(3):
        page.locator("#references > summary").click()
    page.locator(".rungs").get_by_role("button", name="3", exact=True).click()
    assert looks(page) == [([3, 4], None)] * 2
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", page.evaluate("window.looks[0].at"))


def test_two_levels_are_shown_together(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "two-levels")
    page.keyboard.press("r")
    for level in "25":
        page.locator(".rungs").get_by_role("button", name=level, exact=True).click()
        assert shown_levels(page) == ["2", "5"]


def test_references_with_profiles_bracket_the_level_of_the_criterion_in_focus(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "profiles")
    page.evaluate(LISTEN)
    page.evaluate(FOCUS, {"criterion": "text_quality", "title": "Text quality", "level": 4})
    page.keyboard.press("r")
    expect(page.locator(".bracket")).to_have_text("Text quality at level 3 and at level 5")
    expect(page.locator(".rung:visible h3")).to_have_text(["Text quality at level 3", "Text quality at level 5"])
    page.evaluate(FOCUS, {"criterion": "image_quality", "title": "Image quality", "level": 2})
    expect(page.locator(".bracket")).to_have_text("Image quality at level 1 and at level 3")
    page.evaluate(FOCUS, {"criterion": "image_quality", "title": "Image quality", "level": 6})
    expect(page.locator(".bracket")).to_have_text("Image quality at level 4 and at level 6")
    page.get_by_role("button", name="Overall level").click()
    expect(page.locator(".rung:visible h3")).to_have_text(["Overall level 3", "Overall level 4"])
    page.locator("[data-by=criterion]").click()
    page.evaluate(FOCUS, {"criterion": "creativity", "title": "Creativity", "level": 6})
    expect(page.locator(".bracket")).to_contain_text("No reference answers have a level for Creativity")
    expect(page.get_by_role("button", name="Creativity")).to_have_count(0)
    assert looks(page) == [
        ([3, 4], "text_quality"),
        ([1, 3], "image_quality"),
        ([4, 6], "image_quality"),
        ([3, 4], None),
        ([4, 6], "image_quality"),
        ([3, 4], None),
    ]


def test_a_locked_ladder_opens_with_the_first_score(sign_in: SignIn, reader: str) -> None:
    references = {str(level): {"blocks": blocks(f"Answer {level}"), "profile": None} for level in (1, 2, 3)}
    page = sign_in(reader)
    query = {"id": "1", "blocks": blocks("Why?")}
    open_with(page, "steps", query=query, references=references, response={"blocks": blocks("So.")}, ladder_locked=True)
    page.evaluate(LISTEN)
    expect(page.get_by_role("button", name="opens with your first score")).to_be_disabled()
    page.keyboard.press("r")
    expect(page.locator("#judge-says")).to_have_text("The reference answers open with your first score")
    expect(page.locator("#judge-says")).not_to_have_class("visually-hidden")
    expect(page.get_by_text("Answer 1")).to_have_count(0)
    assert looks(page) == []
    page.evaluate(SCORED)
    expect(page.locator("#references")).not_to_have_attribute("open", "")
    page.keyboard.press("r")
    expect(page.locator(".prose", has_text="Answer 2")).to_be_visible()
    assert looks(page) == [([2, 3], None)]


def test_without_javascript_the_ladder_opens_with_all_its_levels(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader, java_script_enabled=False)
    open_case(page, "steps")
    page.get_by_text("Reference answers", exact=True).click()
    assert shown_levels(page) == ["1", "2", "3", "4", "5", "6"]
    expect(page.locator(".picks, .tools")).to_have_count(2)
    assert page.locator(".picks:visible, .tools:visible").count() == 0


def test_an_image_is_looked_at_by_keyboard_alone(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "steps")
    page.locator("[data-part=response] .picture").nth(1).focus()
    page.keyboard.press("i")
    viewer = page.get_by_role("dialog", name="Images")
    stage = viewer.get_by_role("group", name="Response, block 2, image 2 of 3")
    expect(stage).to_be_focused()
    page.keyboard.press("1")
    expect(viewer.get_by_role("status")).to_have_text("100 %")
    for _time in range(5):
        page.keyboard.press("+")
    [[left, top, width], _hidden] = page.evaluate(PLACES)
    assert width == round(800 * 1.25**5)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    [[moved_left, moved_top, same_width], _hidden] = page.evaluate(PLACES)
    assert (moved_left > left, moved_top > top, same_width) == (True, True, width)
    page.keyboard.press(".")
    expect(viewer.get_by_role("status")).to_have_text("Response, block 3, image 3 of 3")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    expect(viewer.get_by_role("status")).to_have_text("Response, block 1, image 1 of 3")
    page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(page.locator("[data-part=response] .picture").nth(1)).to_be_focused()
    expect(page.locator(".criterion :checked")).to_have_count(0)


def test_two_images_stand_side_by_side_with_zoom_and_place_tied(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "steps")
    focused = page.locator(".criterion input").first
    expect(focused).to_be_focused()
    page.keyboard.press("v")
    viewer = page.get_by_role("dialog", name="Images")
    expect(viewer.get_by_role("combobox")).to_have_count(2)
    said = viewer.get_by_role("status")
    expect(said).to_have_text("Side by side: Response, block 1, image 1 of 3; Response, block 2, image 2 of 3")
    [before, other_before] = page.evaluate(PLACES)
    for key in ("+", "+", "+", "ArrowRight"):
        page.keyboard.press(key)
    [after, other_after] = page.evaluate(PLACES)
    assert (after[2], other_after[2]) == (round(before[2] * 1.25**3), round(other_before[2] * 1.25**3))
    assert other_after[0] < other_before[0]
    page.keyboard.press("t")
    page.keyboard.press("0")
    [fitted, untied] = page.evaluate(PLACES)
    assert (fitted, untied) == (before, other_after)
    page.keyboard.press("t")
    assert page.evaluate(PLACES) == [before, other_before]
    page.keyboard.press("v")
    expect(said).to_have_text("Side by side: Response, block 2, image 2 of 3; Response, block 3, image 3 of 3")
    page.keyboard.press("x")
    expect(said).to_have_text("Side by side: Response, block 3, image 3 of 3; Response, block 2, image 2 of 3")
    viewer.get_by_role("combobox").nth(1).select_option(label="Query, block 1, image 1 of 1")
    expect(viewer.get_by_role("img", name="Query, block 1, image 1 of 1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(focused).to_be_focused()


def test_the_wheel_zooms_towards_the_pointer(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "steps")
    page.locator("[data-part=response] .picture").first.click()
    expect(page.locator("#viewer").get_by_role("status")).to_have_text("Response, block 1, image 1 of 3")
    expect(page.locator(".stage").first).to_be_visible()
    box = page.locator(".stage").first.bounding_box()
    assert box
    [[left, top, width], _hidden] = page.evaluate(PLACES)
    x, y = left + width // 2, top + width // 4
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.wheel(0, -700)
    expect(page.locator("#viewer").get_by_role("status")).not_to_have_text("Response, block 1, image 1 of 3")
    [[new_left, new_top, larger], _hidden] = page.evaluate(PLACES)
    assert larger > 2 * width
    assert [round((x - new_left) / larger, 2), round((y - new_top) / larger, 2)] == [0.5, 0.25]


def test_images_of_open_references_are_in_the_viewer_and_of_closed_ones_not(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "steps")
    choices = page.locator("#viewer select").first.locator("option")
    own = [f"Response, block {number}, image {number} of 3" for number in (1, 2, 3)]
    page.keyboard.press("i")
    expect(choices).to_have_text(["Query, block 1, image 1 of 1", *own])
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.press("i")
    references = [f"Overall level {level}, block 1, image 1 of 1" for level in (3, 4)]
    expect(choices).to_have_text(["Query, block 1, image 1 of 1", *references, *own])


def test_the_viewer_opens_without_network(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "profiles")
    with page.expect_response(re.compile(r"viewer\.")):
        page.locator(".picture:visible").first.hover()
    page.context.set_offline(True)
    page.keyboard.press("i")
    expect(page.get_by_role("dialog", name="Images")).to_be_visible()
    page.context.set_offline(False)


def test_axe_finds_nothing_in_the_open_ladder_and_the_viewer(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader, reduced_motion="reduce")
    open_case(page, "profiles")
    wrong = []
    for key in "rvi":
        page.keyboard.press(key)
        wrong += [f"{key} {rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in Axe().run(page).response["violations"]]
    expect(page.get_by_role("dialog", name="Images")).to_be_visible()
    assert wrong == []


def test_the_raw_text_is_one_key_away(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "steps")
    first = page.locator("[data-part=response]").first
    expect(first.locator("strong")).to_have_text("once")
    page.keyboard.press("a")
    expect(first.locator("pre")).to_have_text("Fold the sheet **once**, edge to edge.")
    expect(first.locator(".prose")).to_be_hidden()
    expect(page.locator("#reading-says")).to_have_text("Raw text")
    expect(page.get_by_role("button", name="Raw text")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("a")
    expect(first.locator("strong")).to_be_visible()


def test_what_may_be_harmful_is_out_of_reach_until_asked_for(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    response = {"blocks": blocks("A [harm](https://example.org).")}
    open_with(page, "steps", query={"id": "1", "blocks": blocks("Why?")}, response=response, blurred=True)
    expect(page.get_by_role("img", name="Image of block")).to_have_count(0)
    expect(page.get_by_role("link", name="harm")).to_have_count(0)
    expect(page.locator(".prose", has_text="Why?")).to_be_visible()
    for hidden in page.locator(".picture img, [data-part=response] .prose").all():
        expect(hidden).to_have_css("filter", re.compile("blur"))
    page.keyboard.press("i")
    expect(page.locator("#judge-says")).to_have_text("There is no image to show")
    page.get_by_role("button", name="Show possibly harmful content").nth(1).click()
    expect(page.get_by_role("link", name="harm")).to_be_visible()
    expect(page.get_by_role("img", name="Image of block")).to_have_count(1)
    page.keyboard.press("y")
    expect(page.get_by_role("img", name="Image of block")).to_have_count(2)
    page.keyboard.press("y")
    expect(page.get_by_role("img", name="Image of block")).to_have_count(0)


def test_in_the_place_of_a_missing_image_are_words_and_a_way_to_try_again(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    page.route("**/gone.svg", lambda route: route.fulfill(content_type="image/svg+xml", body="no picture"))
    gone = [{**PICTURE, "text": "So.", "image": "/static/gone.svg"}]
    open_with(page, "steps", query={"id": "1", "blocks": gone}, response={"blocks": gone})
    expect(page.get_by_text("The image of block 1 could not be loaded.")).to_have_count(2)
    expect(page.locator(".picture:visible")).to_have_count(0)
    again = page.locator("[data-part=response]").get_by_role("button", name="Try again")
    again.click()
    expect(page.get_by_text("The image of block 1 could still not be loaded.")).to_have_count(1)
    page.unroute("**/gone.svg")
    page.route("**/gone.svg", lambda route: route.fulfill(content_type="image/svg+xml", body=DRAWN))
    again.click()
    expect(page.locator("[data-part=response] .picture")).to_be_visible()
    expect(page.locator("[data-part=response] .picture")).to_be_focused()


def test_one_block_is_current_by_key_and_by_click(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "ten-images")
    current = page.locator("[aria-current=true]")
    for _time in range(9):
        page.keyboard.press(".")
    expect(page.locator("#reading-says")).to_have_text("Response, block 8")
    expect(current).to_have_attribute("data-block", "8")
    expect(current).to_be_in_viewport()
    page.keyboard.press(",")
    expect(current).to_have_attribute("data-block", "7")
    page.locator("[data-part=query]").first.click()
    expect(current).to_have_attribute("data-part", "query")


@pytest.mark.parametrize("width", [390, 820, 1024, 1200, 1440, 1920])
def test_the_browser_fetches_the_copy_that_is_sharp_and_no_larger(sign_in: SignIn, reader: str, width: int) -> None:
    page = sign_in(reader, viewport={"width": width, "height": 900})
    wrong = []
    for name in ("steps", "images-alone", "one-after-the-other", "wide", "odd-shapes"):
        open_case(page, name)
        page.wait_for_load_state("networkidle")  # those too that are fetched once they come near
        # The width that the browser reckoned with, against the width that there is.
        wrong += [(name, told, is_) for told, is_ in page.evaluate(CHOSEN) if told > is_ * 1.1 + 2 or told < is_ * 0.98 - 2]
    assert wrong == []


def test_nothing_hard_is_wider_than_the_page_on_a_phone(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader, viewport={"width": 390, "height": 844})
    wide = []
    for case in hard.CASES:
        open_case(page, hard.slug(case))
        page.keyboard.press("r")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(hard.slug(case))
    assert wide == []


def test_a_missing_image_is_no_wider_than_a_phone(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader, viewport={"width": 390, "height": 844})
    page.route("**/gone.svg", lambda route: route.fulfill(content_type="image/svg+xml", body="no picture"))
    gone = [{**PICTURE, "text": "So.", "image": "/static/gone.svg"}]
    open_with(page, "steps", query={"id": "1", "blocks": gone}, response={"blocks": gone})
    expect(page.get_by_role("button", name="Try again")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_an_empty_response_says_so(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "nothing")
    expect(page.get_by_role("region", name="Response")).to_contain_text("There is nothing here: no text and no image.")
