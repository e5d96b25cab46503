"""The page in windows of all sizes: what is read keeps its room, and scoring stays at hand."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import open_next, saved

SignIn = Callable[..., Page]
SHOW_NOTICES = """() => {
  for (const id of ["break", "storage", "elsewhere"]) {
    const notice = Object.assign(document.createElement("section"), { className: "notice" });
    notice.append(document.getElementById(`notice-${id}`).content.cloneNode(true));
    document.getElementById("notices").append(notice);
  }
}"""
# The height that neither the bar nor the drawer covers; what notices leave of it; and on how many rows the buttons stand.
FREE = """() => {
  const box = (query) => document.querySelector(query).getBoundingClientRect();
  const low = box(".judge").left < box(".read").right ? box(".judge").top : innerHeight;
  const shown = [...document.querySelectorAll(".acts > :is(button, details)")].filter((one) => one.checkVisibility());
  const rows = new Set(shown.map((one) => one.getBoundingClientRect().top));
  const top = Math.max(box(".top").bottom, 0);
  return [low - top, low - Math.max(top, box("#notices").bottom), rows.size];
}"""


def test_the_drawer_folds_to_a_line_that_still_scores_and_stays_folded_for_the_next(sign_in: SignIn, study: str) -> None:
    page = sign_in("fay", viewport={"width": 390, "height": 844})
    first = open_next(page, study)
    titles = [one.get_attribute("data-title") for one in page.locator(".criterion").all()]
    button = page.locator(".fold")
    expect(button).to_have_accessible_name(f"Rubric next: {titles[0]}")
    expect(button).to_have_attribute("aria-expanded", "true")
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert page.evaluate("document.querySelector('.judge').offsetHeight") < 64
    for title in titles:
        expect(page.get_by_text(f"next: {title}")).to_be_visible()
        page.keyboard.press("4")
    expect(page.get_by_role("button", name="Submit")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first and "/assignments/" in url)
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("m")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".criterion textarea").first).to_be_focused()


@pytest.mark.parametrize(
    ("width", "height", "share"), [(390, 844, 0.38), (720, 450, 0.9), (1024, 768, 0.9), (1440, 450, 0.9), (1440, 900, 0.9)]
)
def test_reading_keeps_its_room_and_the_buttons_stand_on_one_row(
    sign_in: SignIn, study: str, width: int, height: int, share: float
) -> None:
    page = sign_in("ana", viewport={"width": width, "height": height})
    open_next(page, study)
    page.evaluate("window.scrollBy({ top: 200, behavior: 'instant' })")
    free, _left, rows = page.evaluate(FREE)
    assert (free >= share * height, rows) == (True, 1)
    page.evaluate(SHOW_NOTICES)
    _free, left, _rows = page.evaluate(FREE)
    assert left >= height / 8


def test_the_levels_of_the_last_criterion_open_in_view(sign_in: SignIn, study: str) -> None:
    page = sign_in("ana", viewport={"width": 1024, "height": 768})
    open_next(page, study)
    last = page.locator(".criterion").last
    last.locator(".note > summary").focus()
    page.keyboard.press("d")
    expect(last.locator(".levels li").first).to_be_in_viewport()
    assert page.evaluate("""() => {
      const [first] = [...document.querySelectorAll(".criterion")].at(-1).querySelectorAll(".levels li");
      return first.getBoundingClientRect().bottom <= document.querySelector(".judge > .acts").getBoundingClientRect().top;
    }""")


LINES = """() => {
  const read = document.querySelector(".read").getBoundingClientRect();
  const form = document.querySelector(".judge").getBoundingClientRect();
  const bar = Math.max(document.querySelector(".top").getBoundingClientRect().bottom, 0);
  const low = form.left < read.right ? form.top : innerHeight;
  return (low - bar) / parseFloat(getComputedStyle(document.querySelector(".prose")).lineHeight);
}"""
SUBMIT = """() => {
  const { top, bottom } = document.querySelector(".judge .do").getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}"""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (720, 450), (844, 390), (1024, 768), (1440, 450), (1440, 900)])
def test_submit_and_ten_lines_stay_in_view_whatever_is_said(sign_in: SignIn, study: str, width: int, height: int) -> None:
    page = sign_in("bo", viewport={"width": width, "height": height}, reduced_motion="reduce")
    open_next(page, study)
    assert (page.evaluate(SUBMIT), page.evaluate(LINES) >= 10) == (True, True)
    page.keyboard.press("Control+Enter")
    page.locator("#faults").wait_for()
    assert page.evaluate(SUBMIT)
    page.evaluate(SHOW_NOTICES)
    assert page.evaluate(SUBMIT)
    page.evaluate("window.scrollBy({ top: 300, behavior: 'instant' })")
    assert page.evaluate(SUBMIT)
    criteria = page.locator(".criterion").count()
    for _criterion in range(criteria):
        assert page.locator(".criterion[data-here] .scale").evaluate(SEEN)
        page.keyboard.press("4")
    for _criterion in range(criteria):
        page.keyboard.press("u")
        assert page.locator(".criterion[data-here] .scale").evaluate(SEEN)
    saved(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


SEEN = """(scale) => {
  const { left, top, bottom, width } = scale.getBoundingClientRect();
  const at = (y) => scale.contains(document.elementFromPoint(left + 10, y));
  return at(top + 4) && at(bottom - 4);
}"""


def test_what_was_sent_is_said_in_the_bar_and_leads_back(sign_in: SignIn, study: str) -> None:
    page = sign_in("dara", viewport={"width": 1024, "height": 768})
    first = open_next(page, study)
    for _criterion in range(page.locator(".criterion").count()):
        page.keyboard.press("4")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first and "/assignments/" in url)
    told = page.locator(".top #messages li")
    expect(told).to_contain_text("Submitted. Overall")
    assert page.evaluate("""() => {
      const told = document.querySelector("#messages li").getBoundingClientRect();
      return told.bottom <= document.querySelector(".read").getBoundingClientRect().top;
    }""")
    expect(page.locator(".top")).to_contain_text("1 scored, up to")
    told.get_by_role("link", name="Revise that one").click()
    page.wait_for_url(f"{first}revise/")


# How high the bar is, and where the form's foot ends.
PLACES = "() => ['.top', '.judge'].map((query) => document.querySelector(query).getBoundingClientRect().bottom)"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768)])
def test_nothing_moves_when_the_message_of_a_submission_comes(sign_in: SignIn, study: str, width: int, height: int) -> None:
    page = sign_in("emil", viewport={"width": width, "height": height}, reduced_motion="reduce")
    first = open_next(page, study)
    page.locator(".place .project").evaluate("(one) => { one.textContent = 'Pictures and texts, the first study of three' }")
    before = page.evaluate(PLACES)
    for _criterion in range(page.locator(".criterion").count()):
        page.keyboard.press("4")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != first)
    expect(page.locator(".messages")).to_be_visible()
    expect(page.get_by_role("link", name="Revise that one")).to_be_in_viewport(ratio=1)
    expect(page.locator(".top .menu")).to_be_in_viewport(ratio=1)
    after = page.evaluate(PLACES)
    assert (after[0], after[1] <= height) == (before[0], True)
    page.keyboard.press("4")  # the message goes
    expect(page.locator(".messages")).to_be_hidden()
    assert page.evaluate(PLACES) == after


def test_the_version_of_the_rubric_stands_on_one_line(sign_in: SignIn, study: str) -> None:
    page = sign_in("emil", viewport={"width": 1440, "height": 900})
    open_next(page, study)
    assert page.locator(".judge > header .whole").evaluate("(one) => one.getClientRects().length") == 1


def test_on_a_phone_the_bar_says_how_much_is_left_and_leads_to_my_work(sign_in: SignIn, study: str) -> None:
    page = sign_in("emil", viewport={"width": 390, "height": 844})
    open_next(page, study)
    expect(page.locator(".status .narrow-only")).to_have_text(re.compile(r"^up to \d+ left$"))
    places = [page.locator(query).bounding_box() for query in (".top .place", ".status .narrow-only", ".top .menu")]
    assert [bool(place and place["x"] + place["width"] <= 390) for place in places] == [True] * 3
    assert page.evaluate("document.querySelector('.top').offsetHeight") < 100  # two lines
    page.get_by_role("link", name="My work").click()
    page.wait_for_url("**/mine/")
