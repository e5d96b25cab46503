"""A server that is busy, or whose disk is full: the page says so, keeps the work and sends it again by itself."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.keeping.pages import SignIn, choose, drafts, says, score_all, sent
from tests.browser.steps import open_next, saved
from tests.installation import Installation
from tests.outage import database_away

BUSY = "The server is busy: your work is kept here and sent again"
FULL = "The disk of the server is full: your work is kept here"


def test_while_the_database_is_away_work_is_kept_and_sent_again(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ana")
    before = sent(made, "ana")
    first = open_next(page, "demo")
    score_all(page, "4")
    saved(page)
    with database_away(made.environment):
        page.get_by_label("Feedback").fill("While the database was away.")
        says(page, BUSY)
        page.keyboard.press("Control+Enter")
        page.wait_for_timeout(500)
        says(page, BUSY)
    page.wait_for_url(lambda url: url != first, timeout=40_000)
    assert sent(made, "ana") == [before[0] + 1, before[1] + 1]
    page.goto(first)
    expect(page.locator("main")).to_contain_text("While the database was away.")


def test_a_full_disk_is_told_by_the_page_until_there_is_room_again(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("chen")
    open_next(page, "demo")
    page.route("**/draft/", refuse_for_a_full_disk)
    choose(page, "2")
    page.get_by_label("Feedback").fill("On a full disk.")
    says(page, FULL)
    expect(page.locator("#notices")).to_contain_text("Please tell the administrator of this site.")
    page.unroute("**/draft/")
    saved(page)
    expect(page.locator("#notices .notice")).to_have_count(0)
    assert drafts(made, "chen")[0]["feedback"] == "On a full disk."


def refuse_for_a_full_disk(route: Any) -> None:
    route.fulfill(status=507, headers={"Retry-After": "1"}, json={"detail": "full"})


def test_what_a_button_asked_of_a_busy_server_was_not_done_and_is_said(sign_in: SignIn) -> None:
    page = sign_in("dara")
    first = open_next(page, "demo")
    page.route("**/skip/", lambda route: route.fulfill(status=503, headers={"Retry-After": "1"}, body="busy"))
    page.keyboard.press("x")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text("The server is busy: this was not done. Try again in a moment.")
    expect(page.locator("form.judge")).to_have_count(1)
    assert page.url == first
