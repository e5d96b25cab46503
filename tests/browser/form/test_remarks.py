"""Notes, confidence, errors, skips and flags by keyboard: they arrive in the draft or with the managers."""

import re

from playwright.sync_api import expect

from tests.browser.form.pages import MAKE_CURRENT, SignIn, chosen, draft, here
from tests.browser.steps import open_next, press, saved
from tests.installation import Installation


def test_a_note_is_on_the_block_in_view_where_none_is_current(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("emil")
    open_next(page, "judging")
    press(page, "b456")
    expect(page.get_by_label("Query, block 1")).to_have_value("456")
    assert (chosen(page), page.locator("li[aria-current=true]").get_attribute("data-part")) == ([], "query")


def test_notes_confidence_and_errors_on_the_response_and_on_a_block_arrive(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("dara")
    open_next(page, "judging")
    press(page, "ccm")
    page.keyboard.type("Two slips.")
    page.keyboard.press("Escape")
    press(page, "4q")
    page.evaluate(MAKE_CURRENT, ["response", 3])
    expect(page.locator(".errors .where")).to_have_text("block 3")
    press(page, "tb")
    page.keyboard.type("Not what was asked.")
    page.keyboard.press("Escape")
    page.evaluate(MAKE_CURRENT, ["query", 1])
    press(page, "b")
    page.keyboard.type("Ambiguous.")
    expect(page.locator("[aria-labelledby=response] li").nth(2).locator(".block-marks")).to_have_text(
        ["Complex reasoning", "Not what was asked."]
    )
    saved(page)
    said = {
        "scores": {"text_quality": 4},
        "penalties": [],
        "feedback": "",
        "notes": {"text_quality": "Two slips."},
        "block_notes": [
            {"part": "query", "block": 1, "text": "Ambiguous."},
            {"part": "response", "block": 3, "text": "Not what was asked."},
        ],
        "errors": [{"type": "cross-modality-coherence", "block": None}, {"type": "complex-reasoning", "block": 3}],
        "confidence": {"text_quality": 2},
    }
    assert draft(made, "dara") == said
    page.reload()
    expect(page.locator(".on-blocks .chip")).to_have_text(["Complex reasoning, block 3"])
    expect(page.get_by_label("Response, block 3")).to_have_value("Not what was asked.")
    page.locator(".on-blocks input").click(force=True)
    expect(page.locator(".on-blocks .chip")).to_have_count(0)
    saved(page)
    assert draft(made, "dara") == said | {"errors": said["errors"][:1]}  # type: ignore[index]


def test_a_response_is_skipped_for_a_reason_in_three_keys(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("emil")
    first = open_next(page, "judging")
    press(page, "x2")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first and "/assignments/" in url)
    expect(page.locator(".messages")).to_contain_text("Skipped")


def test_a_skip_without_its_reason_says_so_and_keeps_what_was_scored(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("dara")
    first = open_next(page, "bare")
    press(page, "4x")
    page.get_by_role("button", name="Skip this response").click()
    expect(page.locator("#skip .fault")).to_be_visible()
    assert (page.url, chosen(page)) == (first, ["4"])


def test_a_flag_goes_to_the_managers_and_the_annotator_stays(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("emil")
    first = open_next(page, "bare")
    press(page, "4z5")
    page.keyboard.press("Enter")
    expect(page.locator("#flag .fault")).to_contain_text("say in words what it is")
    page.keyboard.type("Whose hand is it?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The managers will look at it", exact=False).first).to_be_visible()
    assert (page.url, chosen(page), here(page)) == (first, ["4"], "image_quality")


def test_what_a_project_requires_is_said_at_its_field(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("fay")
    open_next(page, "strict")
    expect(page.locator(".errors .chip kbd")).to_have_text(["q", "w", "e", "t"])
    press(page, "345634")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#faults")).to_contain_text("Feedback: missing")
    expect(page.locator("#faults")).to_contain_text(re.compile(r"Text quality, Image quality, .+: how sure: missing"))
    expect(page.locator("#faults")).to_contain_text("Errors: expected at least one: a score is below 4")
    assert chosen(page) == ["3", "4", "5", "6", "3", "4"]
    expect(page.locator(".criterion").first.locator(".fault")).to_have_text("how sure: missing")
    expect(page.locator(".criterion").first.get_by_role("radio", name="3")).to_be_focused()
