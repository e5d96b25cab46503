"""A new project in the browser: its short name comes of the title, its steps say what is missing, and a copy is made of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import ALL_ELSE, COLOURS, found


@pytest.fixture
def expected_notes() -> list[str]:
    return ["Failed to load resource: the server responded with a status of 40"]  # a form that is wrong


def violations(page: Page) -> list[str]:
    """In the colours of light and dark."""
    faults = found(page, ALL_ELSE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        faults += found(page, COLOURS)
    return faults


def test_a_project_is_created_set_up_and_copied_without_a_shell(sign_in: Callable[..., Page]) -> None:
    page = sign_in("lea", reduced_motion="reduce")
    page.goto("/")
    page.get_by_role("link", name="New project").click()
    page.get_by_label("Title").fill("Été 2027: first study")
    expect(page.get_by_label("Short name")).to_have_value("ete-2027-first-study")
    page.get_by_label("Annotators per response", exact=True).fill("1")
    page.get_by_role("button", name="Create project").click()
    expect(page.locator("#fault-rubrics")).to_have_text("expected at least one")
    assert violations(page) == []
    page.locator("select[name=rubrics]").first.select_option(index=1)
    page.get_by_role("button", name="Create project").click()
    page.wait_for_url("**/projects/ete-2027-first-study/steps/")
    expect(page.locator(".tag")).to_have_text(["done", "next", "to do", "done", "to do"])
    assert violations(page) == []
    page.goto("/projects/ete-2027-first-study/")
    expect(page.locator("#next-step")).to_have_text("Next step: Data")
    assert violations(page) == []
    page.goto("/projects/ete-2027-first-study/settings/")
    assert violations(page) == []
    page.get_by_role("link", name="Copy the project").click()
    assert violations(page) == []
    page.get_by_role("button", name="Create the copy").click()
    page.wait_for_url("**/projects/ete-2027-first-study-copy/steps/")


def test_the_annotators_per_response_are_previewed_before_they_are_saved(sign_in: Callable[..., Page]) -> None:
    page = sign_in("lea", reduced_motion="reduce")
    page.goto("/projects/demo-pilot/overlap/")
    page.get_by_label("Annotators per response", exact=True).fill("99")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="What saving would do")).to_be_visible()
    expect(page.get_by_label("Annotators per response", exact=True)).to_have_value("99")
    assert violations(page) == []
