"""The viewer: images enlarged, side by side, by keyboard and wheel."""

import re

from playwright.sync_api import expect

from tests.browser.reading.pages import (
    PLACES,
    SignIn,
    open_case,
)


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
    focused = page.locator(".criterion").first
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
    with page.expect_response(re.compile(r"viewer\.")) as answered:
        page.locator(".picture:visible").first.hover()
    page.evaluate("address => import(address).then(() => null)", answered.value.url)  # with the modules that it imports itself
    page.context.set_offline(True)
    page.keyboard.press("i")
    expect(page.get_by_role("dialog", name="Images")).to_be_visible()
    page.context.set_offline(False)
