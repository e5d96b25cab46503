"""The ladder of reference answers: never one level alone, and each look at it is recorded."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.reading.pages import (
    FOCUS,
    LISTEN,
    SCORED,
    SignIn,
    blocks,
    looks,
    open_case,
    open_with,
    shown_levels,
)


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
    expect(page.locator(".bracket")).to_contain_text(
        "No reference answer has a level for Creativity, so these are chosen by overall level"
    )
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


def test_axe_finds_nothing_in_the_open_ladder_and_the_viewer(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader, reduced_motion="reduce")
    open_case(page, "profiles")
    wrong = []
    for key in "rvi":
        page.keyboard.press(key)
        wrong += [f"{key} {rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in Axe().run(page).response["violations"]]
    expect(page.get_by_role("dialog", name="Images")).to_be_visible()
    assert wrong == []


def test_the_levels_have_keys_and_follow_the_scores_where_the_person_wants_it(sign_in: SignIn, reader: str) -> None:
    page = sign_in(reader)
    open_case(page, "steps")
    seen = []
    for key in ["+", "+", "+", "+", "-", "-"]:  # the first one opens the ladder
        page.keyboard.press(key)
        seen.append(shown_levels(page))
    assert seen == [["3", "4"], ["4", "5"], ["5", "6"], ["5", "6"], ["4", "5"], ["3", "4"]]
    page.evaluate(FOCUS, {"criterion": "text_quality", "title": "Text quality", "level": 2})
    assert shown_levels(page) == ["3", "4"]
    page.keyboard.press("/")
    expect(page.locator("[data-follow]")).to_have_attribute("aria-pressed", "true")
    followed = [shown_levels(page)]
    for level in (5, 6, None, 1):
        page.evaluate(FOCUS, {"criterion": "text_quality", "title": "Text quality", "level": level})
        followed.append(shown_levels(page))
    page.keyboard.press("+")
    assert [*followed, shown_levels(page)] == [["2", "3"], ["5", "6"], ["5", "6"], ["3", "4"], ["1", "2"], ["2", "3"]]
    page.reload()
    expect(page.locator(".criterion:focus-within")).to_have_count(1)
    page.keyboard.press("r")
    page.evaluate(FOCUS, {"criterion": "text_quality", "title": "Text quality", "level": 1})
    assert shown_levels(page) == ["1", "2"]
    page.keyboard.press("/")
    assert shown_levels(page) == ["3", "4"]
