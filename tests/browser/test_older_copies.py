"""Copies of unsent work that earlier scripts left in a browser. This file goes with keeping/older_copies.js."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.steps import open_next, saved
from tests.installation import Installation

SignIn = Callable[..., Page]
COPY_OF_BEFORE = """(body) => {
  const form = document.querySelector("form.judge");
  const copy = { body, base: Number(form.elements.draft_version.value), page: "before", key: "before", sending: false };
  localStorage.setItem(`sixpoint/${form.dataset.copy}/before`, JSON.stringify({ ...copy, changed_at: new Date().toISOString() }));
}"""


def test_a_copy_that_the_scripts_of_before_left_is_taken_up(sign_in: SignIn, demo: tuple[Installation, str], study: str) -> None:
    """It holds the body that the API takes, where copies have the form's entries now."""
    page = sign_in("bo")
    open_next(page, study)
    [first, second, *_others] = [str(box.get_attribute("data-key")) for box in page.locator(".criterion").all()]
    [error, *_others] = [str(box.get_attribute("value")) for box in page.locator("[name=error]").all()]
    body = {
        "scores": {first: 5, second: 2},
        "penalties": [],
        "feedback": "From before.",
        "active_seconds": 30,
        "notes": {second: "Hm."},
        "block_notes": [{"part": "response", "block": 1, "text": "Here."}],
        "errors": [{"type": error, "block": None}, {"type": error, "block": 1}],
        "looks": [{"levels": [3, 4], "criterion": None, "at": "2026-11-23T12:00:00+00:00"}],
    }
    page.evaluate(COPY_OF_BEFORE, body)
    page.reload()
    expect(page.locator(".criterion").first.locator("input[value='5']")).to_be_checked()
    saved(page)
    expect(page.locator("#notices .notice")).to_have_count(0)
    [token] = demo[0].tokens(study, {"bo": "annotator"})
    draft = demo[0].api("POST", f"/api/v1/projects/{study}/claim/", token).json()["assignment"]["draft"]
    assert draft | {"active_seconds": 30} == body
