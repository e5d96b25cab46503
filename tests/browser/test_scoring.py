from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.steps import open_next, saved

SignIn = Callable[..., Page]


def scored(page: Page, study: str) -> int:
    page.goto(f"/projects/{study}/")
    return int(page.locator(".big b").inner_text())


def open_without_script(page: Page) -> None:
    """From the project's page to the next response."""
    page.locator("main .do").click()
    page.wait_for_url("**/assignments/*/")


def test_an_annotator_scores_a_response_by_keyboard_and_gets_the_next(sign_in: SignIn, study: str) -> None:
    page = sign_in("ana")
    before = scored(page, study)
    first = open_next(page, study)
    expect(page.get_by_role("heading", name="Query")).to_be_visible()
    expect(page.locator(".criterion").first).to_be_focused()
    for _criterion in range(page.locator(".criterion").count()):
        page.keyboard.press("4")
    expect(page.locator(".criterion :checked")).to_have_count(page.locator(".criterion").count())
    saved(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != first)
    assert scored(page, study) == before + 1


def test_a_draft_is_there_again_after_a_reload(sign_in: SignIn, study: str) -> None:
    page = sign_in("bo")
    open_next(page, study)
    page.keyboard.press("5")
    page.keyboard.press("f")
    page.keyboard.type("Worth a second look.")
    saved(page)
    page.reload()
    expect(page.locator(".criterion").first.get_by_role("radio", name="5")).to_be_checked()
    expect(page.get_by_label("Feedback")).to_have_value("Worth a second look.")


def test_the_descriptor_of_the_level_in_focus_stands_in_full(sign_in: SignIn, study: str) -> None:
    page = sign_in("chen")
    open_next(page, study)
    page.locator(".criterion").first.get_by_role("radio", name="6").check(force=True)
    criterion = page.locator(".criterion").first
    descriptor = criterion.locator(".levels [data-value='6']").text_content()
    assert descriptor
    expect(page.locator("#level")).to_have_text(f"{criterion.get_attribute('data-title')} {descriptor}")


def test_the_page_works_without_javascript(sign_in: SignIn, study: str) -> None:
    page = sign_in("dara", java_script_enabled=False)
    before = scored(page, study)
    open_without_script(page)
    for criterion in page.locator(".criterion").all():
        criterion.get_by_role("radio", name="3").check(force=True)
    page.get_by_label("Feedback").fill("Without a script.")
    page.get_by_role("button", name="Submit").click()
    assert scored(page, study) == before + 1


def test_what_is_missing_is_said_and_what_was_sent_is_kept(sign_in: SignIn, study: str) -> None:
    page = sign_in("emil", java_script_enabled=False)
    scored(page, study)
    open_without_script(page)
    page.locator(".criterion").first.get_by_role("radio", name="2").check(force=True)
    page.get_by_label("Feedback").fill("Half done.")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("alert")).to_contain_text("missing")
    expect(page.locator(".criterion").first.get_by_role("radio", name="2")).to_be_checked()
    expect(page.get_by_label("Feedback")).to_have_value("Half done.")


def test_a_response_is_skipped_with_a_reason(sign_in: SignIn, study: str) -> None:
    page = sign_in("fay")
    first = open_next(page, study)
    page.keyboard.press("x")
    page.keyboard.press("5")
    page.keyboard.type("I know the author.")
    page.get_by_role("button", name="Skip this response").click()
    page.wait_for_url(lambda url: url != first)
    expect(page.locator(".messages")).to_contain_text("Skipped")


def test_skip_and_flag_are_cancelled_by_a_button_and_closed_by_the_other_and_by_submitting(sign_in: SignIn, study: str) -> None:
    page = sign_in("fay", viewport={"width": 390, "height": 844})
    open_next(page, study)
    opened = lambda: [page.locator(f"#{name}[open]").count() for name in ("flag", "skip")]  # noqa: E731
    for name in ("flag", "skip"):
        page.locator(f"#{name} > summary").click()
        page.locator(f"#{name}").get_by_role("button", name="Cancel").click()
        assert opened() == [0, 0]
        expect(page.locator(".criterion").first).to_be_focused()
    page.locator("#skip > summary").click()
    page.locator("#flag > summary").click()
    assert opened() == [1, 0]
    page.locator("#flag").get_by_role("button", name="Cancel").focus()
    page.keyboard.press("Enter")
    assert opened() == [0, 0]
    page.locator("#skip > summary").click()
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("#faults")).to_be_visible()
    assert opened() == [0, 0]


def test_enter_says_what_is_missing_as_submit_does(sign_in: SignIn, study: str) -> None:
    page = sign_in("fay")
    open_next(page, study)
    expect(page.locator(".criterion").first).to_be_focused()
    page.keyboard.press("Enter")
    missing = page.locator("#faults li")
    expect(missing).not_to_have_count(0)
    by_enter = missing.all_inner_texts()
    page.reload()
    expect(page.locator(".criterion").first).to_be_focused()
    page.keyboard.press("s")
    expect(missing).not_to_have_count(0)
    assert missing.all_inner_texts() == by_enter
