"""Active seconds: no idle time, no hidden page, no waiting for images, no second counted by two tabs; a break is offered."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.steps import open_next

SignIn = Callable[..., Page]
LISTEN = """() => {
  new BroadcastChannel("sixpoint-time").onmessage = ({ data }) => { window.heard = data.seconds; };
}"""


def opened(page: Page, study: str) -> Page:
    """A response, with a clock that stands until the test moves it, however long the machine takes."""
    now = datetime.now(UTC)
    page.clock.install(time=now)
    open_next(page, study)
    page.wait_for_load_state("networkidle")
    page.clock.pause_at(now + timedelta(minutes=10))
    return page


def hear(page: Page, teller: Page) -> None:
    """Until `page` has heard what `teller` said to the other tabs: messages come in their order."""
    page.evaluate(LISTEN)
    while page.evaluate("window.heard") != -1:
        teller.evaluate("new BroadcastChannel('sixpoint-time').postMessage({ seconds: -1, at: 0 })")
        page.wait_for_timeout(20)


def seconds(page: Page) -> int:
    return int(page.locator("[name=active_seconds]").input_value())


def test_time_counts_for_a_minute_after_the_last_input_and_goes_on_from_the_draft(sign_in: SignIn, study: str) -> None:
    page = opened(sign_in("ana"), study)
    page.keyboard.press("ArrowDown")
    before = seconds(page)
    page.clock.run_for(30_000)
    assert 28 <= seconds(page) - before <= 31
    page.clock.run_for(600_000)
    assert 58 <= seconds(page) - before <= 61
    page.locator(".criterion input").first.dispatch_event("click")
    page.clock.run_for(1_000)
    expect(page.locator("#saved")).to_have_text("Saved")
    counted = seconds(page)
    page.reload()
    assert seconds(page) == counted


def test_time_stands_while_an_image_of_the_response_has_not_come(sign_in: SignIn, study: str) -> None:
    page = opened(sign_in("bo"), study)
    page.keyboard.press("ArrowDown")
    page.evaluate(
        """() => {
          const image = Object.assign(new Image(10, 10), { src: "/projects/demo/?never" });
          Object.defineProperty(image, "complete", { get: () => window.come === true });
          document.querySelector("main .read").prepend(image);
        }"""
    )
    before = seconds(page)
    page.clock.run_for(20_000)
    assert seconds(page) == before
    page.evaluate("window.come = true")
    page.clock.run_for(20_000)
    assert 18 <= seconds(page) - before <= 21


def work(page: Page, minutes: int) -> None:
    for _minute in range(minutes):
        page.keyboard.press("ArrowDown")
        page.clock.run_for(60_000)


def test_two_tabs_do_not_count_the_same_time(sign_in: SignIn, study: str) -> None:
    page = opened(sign_in("chen"), study)
    later = page.context.new_page()
    later.goto(page.url)
    page.clock.run_for(2_000)
    page.keyboard.press("ArrowDown")
    page.clock.run_for(2_000)
    before = seconds(page)
    later.keyboard.press("ArrowDown")
    hear(page, later)
    page.clock.run_for(30_000)
    assert seconds(page) - before <= 1


def test_after_fifty_minutes_a_break_is_offered_and_nothing_is_locked(sign_in: SignIn, study: str) -> None:
    page = opened(sign_in("dara"), study)
    work(page, 51)
    notice = page.locator("#notices .notice")
    expect(notice).to_contain_text("You have been working for 50 minutes. Time for a break?")
    page.get_by_role("button", name="Later").click()
    expect(notice).to_have_count(0)
    expect(page.locator(".criterion:focus-within")).to_have_count(1)


def test_a_stretch_goes_on_in_another_tab_and_through_a_reload(sign_in: SignIn, study: str) -> None:
    page = opened(sign_in("emil"), study)
    work(page, 20)
    later = page.context.new_page()
    later.goto(page.url)
    expect(later.locator(".criterion:focus-within")).to_have_count(1)
    work(later, 10)
    hear(page, later)
    page.reload()
    expect(page.locator(".criterion:focus-within")).to_have_count(1)
    work(page, 18)
    expect(page.locator("[data-notice=break]")).to_have_count(0)
    hear(later, page)
    work(later, 4)
    expect(later.locator("[data-notice=break]")).to_have_count(1)


def test_a_break_of_five_minutes_begins_a_new_stretch_in_every_tab(sign_in: SignIn, study: str) -> None:
    page = opened(sign_in("fay"), study)
    later = page.context.new_page()
    later.goto(page.url)
    expect(later.locator(".criterion:focus-within")).to_have_count(1)
    work(page, 40)
    page.clock.run_for(6 * 60_000)
    work(page, 5)
    hear(later, page)
    work(later, 30)
    expect(later.locator("[data-notice=break]")).to_have_count(0)
