"""A rubric written from nothing in the browser, without JavaScript, changed, compared, and taken over by a running project."""

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.installation import Installation

SignIn = Callable[..., Page]
SETUP = """
import json
from annotation.flow.setup.projects import add_member, create_project
from tests.factories import load, make_rubric, record
make_rubric(slug="moving", category="project-based-learning")
project = create_project(slug="moving", rubrics=["moving"], title="Moving", overlap=1)
load(project, [record(number) for number in range(1, 4)])
make_rubric(slug="moving", category="project-based-learning", title="Next", overall={"method": "sum", "max": 12})
add_member(username="lea", project=project, role="manager")
print(json.dumps("made"))
"""
AXE = "() => axe.run({resultTypes: ['violations']}).then((found) => found.violations.map((rule) => rule.id))"


@pytest.fixture
def expected_notes() -> list[str]:
    return ["Failed to load resource: the server responded with a status of 40"]  # a form that is wrong


def violations(page: Page) -> list[str]:
    """Of axe's rules, in the colours of light and dark."""
    wrong = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.evaluate(AXE_SCRIPT)
        wrong += page.evaluate(AXE)
    return wrong


def act(page: Page, value: str) -> None:
    page.locator(f"button[name=action][value={value}]").first.click()


def test_a_rubric_is_written_from_nothing_without_javascript(sign_in: SignIn) -> None:
    page = sign_in("lea", java_script_enabled=False)
    page.goto("/rubrics/")
    page.get_by_role("link", name="Write a rubric").click()
    page.locator("[name='scale.max']").fill("2")
    act(page, "update")
    page.locator("[name='title']").fill("Brief")
    page.locator("[name='slug']").fill("Brief Rubric")  # mistyped
    page.locator("[name='category']").fill("briefs")
    page.locator("[name='overall.max']").fill("2")
    act(page, "add-penalty")
    for name, text in {
        "criteria[1].title": "Clear", "criteria[1].key": "clear", "criteria[1].levels.1.descriptor": "No.",
        "criteria[1].levels.2.descriptor": "Yes.", "criteria[2].title": "Harm", "criteria[2].key": "Harm it does",
    }.items():  # fmt: skip
        page.locator(f"[name='{name}']").fill(text)
    act(page, "save")
    expect(page.get_by_role("alert")).to_contain_text("slug")
    expect(page.locator("[name='slug']")).to_have_value("Brief Rubric")
    expect(page.locator("[name='criteria[2].key']")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name='criteria[1].levels.2.descriptor']")).to_have_value("Yes.")
    page.locator("[name='slug']").fill("brief")
    page.locator("[name='criteria[2].key']").fill("harm")
    page.locator("[name='try.criteria[2]']").check()
    act(page, "preview")
    expect(page.locator("output")).to_contain_text("mean 2, less 1 for Harm")
    act(page, "save")
    page.wait_for_url("**/rubrics/brief/1/")
    expect(page.locator("h1")).to_have_text("Brief")


def test_the_pages_of_rubrics_are_for_everybody(sign_in: SignIn, demo: tuple[Installation, str]) -> None:
    demo[0].run(SETUP)
    page = sign_in("lea")
    wrong = {}
    for address in (
        "/rubrics/",
        "/rubrics/moving/1/",
        "/rubrics/moving/2/compare/",
        "/projects/moving/rubrics/",
        "/rubrics/new/",
    ):
        page.goto(address)
        wrong[address] = violations(page)
    act(page, "save")
    wrong["faults"] = violations(page)
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.goto("/rubrics/import/")
    page.locator("[name=content]").fill("slug: Odd")
    page.locator("main .do").click()
    wrong["import"] = violations(page)
    assert {address: rules for address, rules in wrong.items() if rules} == {}
    page.goto("/projects/moving/rubrics/")
    page.get_by_text("Move the project").click()
    page.get_by_role("button", name="Move to moving@2").click()
    expect(page.locator("#messages")).to_contain_text("New and open responses are now judged with moving@2.")
    assert page.locator("tbody tr").first.inner_text().split("\t")[2].strip() == "3"
