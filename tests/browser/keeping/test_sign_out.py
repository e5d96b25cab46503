"""Sign-out leaves unsent work in the browser; "sign out and clear this device" says how much there is, and deletes it."""

import re
from typing import Any

from playwright.sync_api import Route, expect

from tests.browser.keeping.pages import SignIn, choose, says
from tests.browser.steps import IS_KEPT, open_next
from tests.installation import Installation

KEPT = "Object.keys(localStorage).length + sessionStorage.length"


def without_header(route: Route) -> None:
    """As a browser sees the answer over plain HTTP, where it does not obey the header: the page's script is to clear."""
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "clear-site-data"}
    route.fulfill(response=answer, headers=headers)


def test_unsent_work_outlives_sign_out_and_is_counted_and_deleted_with_the_device(
    sign_in: SignIn, made: Installation, sessions: dict[Any, Any]
) -> None:
    page = sign_in("fay")
    sessions.pop((made.url, "fay"))  # its session ends here
    open_next(page, "demo")
    page.route("**/draft/", lambda route: route.abort())
    choose(page, "2")
    says(page, "Offline, saved on this device")
    page.evaluate("localStorage.setItem('sixpoint/999999/7/abc', '{}')")  # of a colleague

    page.goto("/accounts/logout/")
    page.locator("main .do").click()
    page.wait_for_url("**/accounts/login/")
    assert page.evaluate(IS_KEPT)

    page = page.context.new_page()
    page.route("**/accounts/clear/", without_header)
    page.goto("/accounts/clear/")
    expect(page.locator("#unsent")).to_have_text("Responses with work that may not have been sent: 2. It cannot be restored.")
    page.locator("main .do").click()
    expect(page.get_by_role("heading", name="Device cleared")).to_be_visible()
    page.wait_for_load_state()  # which modules have run before
    assert page.evaluate(f"{KEPT} === 0")
    page.goto("/accounts/clear/")
    expect(page.locator("#unsent")).to_have_text("All work in this browser has been sent.")


def test_the_menu_leads_to_clearing_which_tells_whose_work_it_is(sign_in: SignIn) -> None:
    page = sign_in("emil")
    page.goto("/")
    page.evaluate("localStorage.setItem('sixpoint/999999/7/abc', '{}')")
    page.locator(".menu summary").click()
    page.get_by_role("link", name="Sign out and clear this device").click()
    expect(page.locator("#unsent")).to_have_text(re.compile("sent: 1, of which 1 by other people"))
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url("**/")
    assert page.evaluate(IS_KEPT)
