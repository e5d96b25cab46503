"""From one response to another without loading the page anew: skip, back, take up; and what stands in their way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import open_next, press, saved
from tests.installation import Installation

SignIn = Callable[..., Page]
ALONE = """
import json
from annotation.flow.setup.projects import add_member, create_project
from tests.factories import load, record
project = create_project(slug="alone", rubrics=["mmie-pbl"], title="Alone", overlap=1)
load(project, [record(1)])
add_member(username="ana", project=project, role="annotator")
print(json.dumps(project.slug))
"""


@pytest.fixture
def expected_notes() -> list[str]:
    return ["Failed to load resource", "htmx:"]  # Chromium's and htmx's own notes on what has no network, or was refused


def choose(page: Page, level: str) -> None:
    page.locator(".criterion").first.locator(f"input[value='{level}']").dispatch_event("click")


def chosen(page: Page, level: str) -> None:
    expect(page.locator(".criterion").first.locator(f"input[value='{level}']")).to_be_checked()


def test_a_skipped_response_is_taken_up_again_with_its_draft_in_the_same_page(
    sign_in: SignIn, demo: tuple[Installation, str]
) -> None:
    page = sign_in("ana")
    first = open_next(page, str(demo[0].run(ALONE)))
    page.evaluate("window.marked = true")
    choose(page, "5")
    press(page, "x2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/alone/annotate/")
    expect(page.locator(".messages")).to_contain_text("Skipped")
    page.go_back()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".criterion:focus-within")).to_have_count(1)
    chosen(page, "5")
    choose(page, "6")
    saved(page)
    assert (page.url, page.evaluate("window.marked"), page.title()) == (first, True, "Alone · Sixpoint")


def test_skip_does_nothing_and_says_so_without_network_and_after_the_session_ended(sign_in: SignIn, study: str) -> None:
    page = sign_in("fay")
    first = open_next(page, study)
    choose(page, "5")
    saved(page)
    press(page, "x2")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text("You are offline: this was not done.")
    page.context.set_offline(False)
    page.get_by_role("button", name="OK").click()
    page.context.clear_cookies(name="sixpoint_session")
    page.get_by_role("button", name="Skip this response").click()
    expect(page.locator("#notices")).to_contain_text("You are signed out")
    chosen(page, "5")
    assert page.url == first


def test_the_next_response_follows_a_submitted_one_in_the_same_page(sign_in: SignIn, study: str) -> None:
    page = sign_in("bo")
    first = open_next(page, study)
    for criterion in page.locator(".criterion").all():
        criterion.locator("input[value='4']").dispatch_event("click")
    saved(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != first)
    second = page.url
    page.goto(first)
    page.evaluate("window.marked = true")
    page.get_by_role("button", name="Score the next response").click()
    page.wait_for_url(second)
    expect(page.locator(".criterion:focus-within")).to_have_count(1)
    choose(page, "3")
    saved(page)
    assert page.evaluate("window.marked") is True
