"""axe-core finds nothing on any page: in light and dark, in the three languages."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.installation import Installation

LANGUAGES = {"en": "en", "zh-CN": "zh-hans", "zh-TW": "zh-hant"}  # the browser's, and the page's
# Who looks, and at what; a name in braces is found on the page before it.
PAGES: dict[str, list[str]] = {
    "visitor": ["/accounts/login/", "/nothing-here/"],
    "ana": [
        "/", "/projects/demo/", "/projects/demo/mine/", "/projects/demo/annotate/", "{assignment}", "{faults}",
        "{submitted}", "{revise}", "/keys/", "/rubrics/",
        "/rubrics/mmie-pbl/1/", "/accounts/password/change/", "/accounts/logout/",
    ],
    "ada": ["/projects/demo/", "/projects/demo/adjudication/", "{case}"],
    "lea": [
        "/projects/demo/", "/projects/demo/material/", "/projects/demo/responses/", "{response}", "/projects/demo/duplicates/",
        "/projects/demo/flags/", "/projects/demo/agreement/", "/projects/demo/releases/", "/projects/demo/workspace/",
    ],
}  # fmt: skip
REFUSED = (
    "Failed to load resource: the server responded with a status of 40"  # Chromium's note on a form, or an address, that is wrong
)
ALL_RULES = {"resultTypes": ["violations"]}
CONTRAST = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""Dark differs from light by its colours alone."""


def found(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("(options) => axe.run(options)", options)["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in violations for node in rule["nodes"]]


def opened(page: Page, address: str) -> None:
    if address == "{assignment}":
        page.goto("/projects/demo/")
        page.locator("main .do").click()
        page.wait_for_url("**/assignments/*/")
    elif address == "{faults}":
        page.keyboard.press("Control+Enter")
        page.locator("#faults").wait_for()
    elif address in ("{submitted}", "{revise}"):
        page.goto("/projects/demo/mine/")
        page.locator("tbody a").first.click()
        page.wait_for_url("**/assignments/*/")
        if address == "{revise}":
            page.locator("main .acts .soft").click()
            page.wait_for_url("**/revise/")
    elif address == "{case}":
        page.goto("/projects/demo/adjudication/")
        page.locator("main .do").first.click()
        page.wait_for_url("**/adjudications/*/")
    elif address == "{response}":
        page.goto("/projects/demo/responses/")
        page.locator("tbody a").first.click()
        page.wait_for_url("**/responses/*/")
    else:
        page.goto(address)


@pytest.fixture(params=LANGUAGES)
def visit(request: Any, browser: Browser, demo: tuple[Installation, str]) -> Iterator[Callable[[str], tuple[Page, str]]]:
    """Opens a browser in the language, signed in as the person."""
    made, password = demo
    contexts, complaints = [], []

    def visit_as(who: str) -> tuple[Page, str]:
        context = browser.new_context(base_url=made.url, locale=request.param, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if who != "visitor":
            page.goto("/accounts/login/")
            page.locator("[name=login]").fill(who)
            page.locator("[name=password]").fill(password)
            page.locator("main .do").click()
            page.wait_for_url("**/")
        return page, LANGUAGES[request.param]

    yield visit_as
    for context in contexts:
        context.close()
    assert [said for said in complaints if not said.startswith(REFUSED)] == []


@pytest.mark.parametrize("who", PAGES)
def test_axe_finds_nothing(visit: Callable[[str], tuple[Page, str]], who: str) -> None:
    page, language = visit(who)
    wrong = {}
    for address in PAGES[who]:
        page.emulate_media(color_scheme="light")
        opened(page, address)
        assert page.locator("html").get_attribute("lang") == language, address
        light = found(page, ALL_RULES)
        page.emulate_media(color_scheme="dark")
        wrong[address] = light + [f"dark {what}" for what in found(page, CONTRAST)]
    assert {address: what for address, what in wrong.items() if what} == {}
