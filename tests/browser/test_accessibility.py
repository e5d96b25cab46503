"""axe-core finds nothing on any page: in the three languages, and with the colours of light and dark."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LANGUAGES = {"en": "en", "zh-CN": "zh-hans", "zh-TW": "zh-hant"}  # the browser's, and the page's
# Who looks, and at what; a name in braces is found on the page before it.
PAGES: dict[str, list[str]] = {
    "visitor": [
        "/accounts/login/", "/nothing-here/", "/accounts/password/forgotten/", "/accounts/invitations/nobody-made-it/",
    ],
    "ana": [
        "/", "/projects/demo/", "/projects/demo/mine/", "/projects/demo/mine/decisions/",
        "/projects/demo/annotate/", "{assignment}", "{faults}",
        "{submitted}", "{revise}", "/keys/", "/rubrics/",
        "/rubrics/mmie-pbl/1/", "/accounts/password/change/", "/accounts/logout/",
        "/accounts/sessions/", "/accounts/tokens/", "/accounts/second-factor/", "/projects/demo/rights/",
    ],
    "ada": ["/projects/demo/", "/projects/demo/adjudication/", "/projects/demo/adjudication/list/", "{case}"],
    "lea": [
        "/rubrics/new/", "/rubrics/mmie-pbl/1/edit/", "/rubrics/mmie-pbl/1/",
        "/projects/demo/", "/projects/demo/material/", "/projects/demo/queries/",
        "/projects/demo/references/", "{reference}", "/projects/demo/responses/", "{response}",
        "{history}", "/projects/demo/events/", "/projects/demo/progress/",
        "/projects/demo-pilot/progress/", "/projects/demo/progress/stuck/?kind=lacking",
        "/projects/demo/duplicates/",
        "/projects/demo/flags/", "/projects/demo/agreement/", "/projects/demo/agreement/annotators/",
        "/projects/demo/releases/", "/projects/demo/releases/new/", "/projects/demo/export/",
        "/projects/demo/members/", "/projects/demo/members/invitations/", "/projects/demo/members/of/ana/",
        "/projects/demo/members/cohorts/",
        "/projects/demo/workspace/", "/projects/demo/rules/", "/projects/demo/rubrics/", "/projects/demo/adjudication/list/",
        "/projects/demo/samples/", "/projects/demo/training/", "{examples}",
        "/projects/demo/steps/", "/projects/demo/settings/", "/projects/demo/overlap/",
        "/projects/demo/adjudication/list/?state=decided", "/projects/demo/adjudication/lessons/",
        "/projects/demo/scorers/", "/projects/demo-pilot/scorers/", "{scorer}", "{scorers}",
        "/projects/demo-pilot/agreement/?by=system", "/projects/demo-pilot/agreement/annotators/?open=mmie-msr@1/jun",
        "/projects/demo-pilot/responses/?rubric=mmie-msr@1&criterion=excellence", "/projects/demo/results/",
        "/projects/demo-pilot/results/?labels=fair", "/projects/demo-pilot/adjudication/lessons/",
    ],
}  # fmt: skip
# Dark differs from light by its colours alone, and a language from another by its words alone: colours are looked at in one.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
SCHEMES: dict[str, tuple[Literal["light", "dark"], ...]] = {"en": ("light", "dark")}
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": OF_COLOURS}}
ALL_ELSE = {"resultTypes": ["violations"], "rules": {name: {"enabled": False} for name in OF_COLOURS}}


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
    elif address == "{reference}":
        page.goto("/projects/demo/references/")
        page.locator("tbody a").first.click()
        page.wait_for_url("**/references/*/*/")
    elif address == "{examples}":
        page.goto("/projects/demo-pilot/training/")
        page.locator("[name=template][value=mmie]").check()
        page.locator("[name=preview]").click()
        page.locator("#examples").wait_for()
        page.locator("main details summary").first.click()
    elif address in ("{response}", "{history}"):
        page.goto("/projects/demo/responses/")
        page.locator("tbody a").first.click()
        page.wait_for_url("**/responses/*/")
        if address == "{history}":
            page.locator(".head a").click()
            page.wait_for_url("**/history/")
    elif address == "{scorer}":
        page.goto("/projects/demo-pilot/scorers/")
        page.locator("tbody a").first.click()
        page.wait_for_url("**/scorers/*/")
    elif address == "{scorers}":
        page.goto("/projects/demo-pilot/scorers/")
        for box in page.locator("[name=scorer]").all():
            box.check()
        page.locator("main form[method=get] .do").click()
        page.wait_for_url("**/compare/**")
        page.locator("details summary").last.click()
    else:
        page.goto(address)


@pytest.fixture
def expected_notes() -> list[str]:
    return ["Failed to load resource: the server responded with a status of 40"]  # a form, or an address, that is wrong


@pytest.mark.parametrize("who", PAGES)
@pytest.mark.parametrize("locale", LANGUAGES)
def test_axe_finds_nothing(sign_in: Callable[..., Page], locale: str, who: str) -> None:
    page = sign_in(None if who == "visitor" else who, locale=locale, reduced_motion="reduce")
    wrong = {}
    for address in PAGES[who]:
        opened(page, address)
        assert page.locator("html").get_attribute("lang") == LANGUAGES[locale], address
        wrong[address] = found(page, ALL_ELSE)
        for scheme in SCHEMES.get(locale, ()):
            page.emulate_media(color_scheme=scheme)
            wrong[address] += [f"{scheme} {what}" for what in found(page, COLOURS)]
    assert {address: what for address, what in wrong.items() if what} == {}
