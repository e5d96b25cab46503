"""Space, undo and redo, Escape, input methods, and what is missing: each does what a person expects of it."""

from playwright.sync_api import Page, expect

from tests.browser.form.pages import SignIn, chosen, draft, here
from tests.browser.steps import open_next, press, saved
from tests.installation import Installation

TOPS = "() => [...document.querySelectorAll('.criterion')].map((one) => one.offsetTop)"
# How Safari tells of an Enter that ends a composition: by the code alone.
END_COMPOSITION = """(field, [told, ctrlKey]) => field.dispatchEvent(new KeyboardEvent("keydown", {
  key: "Enter", bubbles: true, cancelable: true, ctrlKey, ...(told ? { isComposing: true } : { keyCode: 229 }) }))"""


def says(page: Page, words: str) -> None:
    expect(page.locator("#judge-says")).to_have_text(words)


def test_space_scrolls_and_sets_no_level_wherever_the_focus_is(sign_in: SignIn, study: str) -> None:
    page = sign_in("chen", viewport={"width": 1024, "height": 400}, reduced_motion="reduce")
    open_next(page, study)
    expect(page.locator(".criterion").first).to_be_focused()
    page.evaluate("document.querySelector('.read').style.minHeight = '3000px'")
    seen = []
    for focus in (None, ".criterion:nth-of-type(1) [value='1']", ".criterion:nth-of-type(1) [value='6']"):
        if focus:
            page.locator(focus).first.focus()
        page.keyboard.press("Space")
        seen.append(page.evaluate("window.scrollY"))
    page.keyboard.press("Shift+Space")
    assert (chosen(page), sorted(set(seen)) == seen, seen[0] > 200) == ([], True, True)
    assert page.evaluate("window.scrollY") == seen[1]
    press(page, "4")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    assert (chosen(page), page.evaluate("window.scrollY")) == (["4"], seen[2])


def test_undo_and_redo_say_what_they_did(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("fay")
    open_next(page, "plain")
    press(page, ";")
    says(page, "Nothing to redo")
    press(page, "45hq")
    said = []
    for key in "uuuu;;;;;":
        press(page, key)
        said.append(page.locator("#judge-says").inner_text())
    steps = ["Text quality: 4, Readable", "Image quality: 5, Good", "Harmful or negative emotion: selected"]
    steps.append(f"{page.locator('.errors .chip input').first.get_attribute('data-title')}: selected")
    assert said == [f"Undone: {one}" for one in reversed(steps)] + [f"Redone: {one}" for one in steps] + ["Nothing to redo"]
    assert chosen(page) == ["4", "5"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    says(page, f"Undone: {steps[2]}")
    page.keyboard.press("Control+Shift+z")
    says(page, f"Redone: {steps[2]}")
    press(page, "6;")
    says(page, "Nothing to redo")


def test_a_text_is_undone_sentence_by_sentence_and_by_what_was_deleted(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ana")
    open_next(page, "judging")
    press(page, "f")
    page.keyboard.type("Too long. It says 3.5 twice! 太长。短")
    for _time in range(4):
        page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    field, seen, said = page.locator("#feedback"), [], []
    for _step in range(5):
        press(page, "u")
        seen.append(field.input_value())
        said.append(page.locator("#judge-says").inner_text().removeprefix("Undone: Feedback: "))
    whole = "Too long. It says 3.5 twice! 太长。短"
    assert seen == [whole, whole[:-1], whole[:-4], "Too long. ", ""]
    assert said == ["deleted “太长。短”", "“短”", "“太长。”", "“It says 3.5 twice!”", "“Too long.”"]
    press(page, ";;")
    expect(field).to_have_value("Too long. It says 3.5 twice! ")


def test_what_is_missing_goes_when_it_is_scored_comes_back_when_undone_and_pushes_no_criterion(
    sign_in: SignIn, made: Installation
) -> None:
    page = sign_in("dara", viewport={"width": 1440, "height": 900})
    open_next(page, "plain")
    titles = [str(one.get_attribute("data-title")) for one in page.locator(".criterion").all()]
    before = page.evaluate(TOPS)
    page.keyboard.press("Control+Enter")
    lines = page.locator("#faults li")
    expect(lines).to_have_text([f"{', '.join(titles)}: missing"])
    assert page.evaluate(TOPS) == before
    expect(page.locator(".criterion .fault:visible")).to_have_count(6)
    press(page, "4")
    expect(lines).to_have_text([f"{', '.join(titles[1:])}: missing"])
    expect(page.locator(".criterion").first.locator(".fault")).to_be_hidden()
    press(page, "u")
    expect(lines).to_have_text([f"{', '.join(titles)}: missing"])
    lines.get_by_role("link").nth(3).click()
    assert here(page) == page.locator(".criterion").nth(3).get_attribute("data-key")
    press(page, "444444")
    expect(page.locator("#faults")).to_be_hidden()
    assert (page.evaluate(TOPS), len(chosen(page))) == (before, 6)


def test_escape_leaves_the_block_so_that_the_next_error_is_on_the_whole_response(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("bo")
    open_next(page, "plain")
    press(page, "..q")
    expect(page.locator(".errors .where")).to_have_text("block 1")
    page.keyboard.press("Escape")
    expect(page.locator("li[aria-current=true]")).to_have_count(0)
    expect(page.locator(".errors .where")).to_have_text("the whole response")
    press(page, "w")
    saved(page)
    marks = [(one["block"], index) for index, one in enumerate(draft(made, "bo", "plain")["errors"])]
    assert sorted(marks, key=str) == [(1, 1), (None, 0)]


def test_error_keys_show_their_names_and_no_name_of_a_level_is_cut(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("emil", viewport={"width": 1024, "height": 900})
    open_next(page, "plain")
    for chip in page.locator(".errors .chips").first.locator(".chip").all():
        expect(chip).to_be_visible()
        assert len(chip.inner_text()) > 5
    tops = page.evaluate(TOPS)
    for _criterion in range(6):
        press(page, "2")
    assert (
        page.evaluate("""() => [...document.querySelectorAll(".chosen .shown, .judge > header small")].filter(
      (one) => one.scrollWidth > one.clientWidth + 1 || getComputedStyle(one).textOverflow === "ellipsis").length""")
        == 0
    )
    assert page.locator(".chosen .shown").count() == 6
    assert page.evaluate(TOPS) == tops


def test_other_puts_the_cursor_into_the_text_by_click_and_the_arrows_pass_it(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("chen")
    first = open_next(page, "plain")
    for name in ("skip", "flag"):
        page.locator(f"#{name} summary").click()
        other, words = page.locator(f"#{name} [value=other]"), page.locator(f"#{name} .words input")
        other.locator("xpath=..").click()
        expect(words).to_be_focused()
        page.locator(f"#{name} [type=radio]").nth(3).check()
        page.keyboard.press("ArrowDown")
        expect(other).to_be_focused()
        words.fill("ｗords")
        for told in (True, False):
            assert words.evaluate(END_COMPOSITION, [told, False]) is True
            assert words.evaluate(END_COMPOSITION, [told, True]) is True
        page.keyboard.press("Escape")
    page.wait_for_timeout(500)
    assert page.url == first
    expect(page.locator("#flag-says")).to_be_hidden()


def test_full_width_digits_and_letters_are_keys(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("emil")
    open_next(page, "judging")
    type_key = (
        "(key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))"
    )
    for key in "４５ｕ":
        page.evaluate(type_key, key)
    assert chosen(page) == ["4"]
