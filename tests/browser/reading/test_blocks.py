"""Blocks of query and response: raw text, covered content, missing images, sizes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import hard
from tests.browser.reading.pages import (
    CHOSEN,
    DRAWN,
    PICTURE,
    SignIn,
    blocks,
    open_case,
    open_with,
)


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
