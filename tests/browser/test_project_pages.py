"""The pages of a project: each is reached from each, on a phone and on a wide window, with the keyboard and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]
NOT_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
WIDE = {"width": 1200, "height": 800}
PHONE = {"width": 390, "height": 800}
TITLES = ["Data", "People", "Rubrics", "Scoring", "Agreement", "Disputes", "Releases", "Scorers", "Results"]


def test_a_wide_window_shows_the_groups_in_order_and_the_pages_of_the_open_one(sign_in: SignIn) -> None:
    page = sign_in("lea", viewport=WIDE)
    page.goto("/projects/demo/duplicates/")
    bar = page.get_by_role("navigation", name="Project")
    expect(bar.locator(".place-bar a")).to_have_text(TITLES)
    expect(bar.locator("[aria-current]:visible")).to_have_text(["Data"])
    below = page.get_by_role("navigation", name="Pages: Data")
    expect(below.locator("[aria-current=page]")).to_have_text(["Duplicates"])
    below.get_by_role("link", name="Responses").click()
    page.wait_for_url("**/projects/demo/responses/")
    assert page.evaluate(NOT_SIDEWAYS)


def test_on_a_phone_a_menu_holds_all_pages_and_opens_with_the_keyboard_without_scripts(sign_in: SignIn) -> None:
    page = sign_in("lea", viewport=PHONE, java_script_enabled=False)
    page.goto("/projects/demo/agreement/")
    menu = page.locator(".place-menu")
    expect(menu.locator("summary")).to_have_text("Pages · Agreement")
    expect(menu.get_by_role("link", name="Results")).to_be_hidden()
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.locator("p")).to_have_text(["Project", *TITLES])
    assert page.evaluate(NOT_SIDEWAYS)
    box = menu.locator("> div").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    menu.get_by_role("link", name="Results").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/demo/results/")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_an_annotators_few_pages_stand_open(sign_in: SignIn, viewport: dict[str, int]) -> None:
    page = sign_in("ana", viewport=viewport)
    page.goto("/projects/demo/mine/")
    bar = page.get_by_role("navigation", name="Project")
    expect(bar.locator(".place-bar a")).to_have_text(["Score", "My work"])
    expect(bar.locator("[aria-current=page]")).to_have_text(["My work"])
    assert page.evaluate(NOT_SIDEWAYS)
