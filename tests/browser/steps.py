"""Steps that many tests take on the annotator's page: each ends when the page has done what it does."""

from playwright.sync_api import Page, expect

IS_KEPT = "Object.keys(localStorage).some((key) => key.startsWith('sixpoint/'))"


def open_next(page: Page, slug: str) -> str:
    """To the person's next response, whose page hears keys then; answers its address."""
    page.goto(f"/projects/{slug}/")
    page.locator("main .do").click()
    page.wait_for_url("**/assignments/*/")
    expect(page.locator(".criterion:focus-within")).to_have_count(1)
    return page.url


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def saved(page: Page) -> None:
    """The server has all that was changed until now.

    That the page says "Saved" may be of a change before: it says so until the next is sent. But each change is kept in
    the browser at once, until the server has it and everything before.
    """
    for _attempt in range(150):
        if not page.evaluate(IS_KEPT):
            break
        page.wait_for_timeout(100)
    expect(page.locator("#saved")).to_have_text("Saved")
