"""The scoring side of the page, by keyboard: what is pressed arrives in the draft and in the judgement."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import open_next, press, saved
from tests.installation import ROOT, Installation

SignIn = Callable[..., Page]
PEOPLE = ["ana", "bo", "chen", "dara", "emil", "fay"]
PROJECTS = {
    "judging": {"confidence": "asked"},
    "strict": {"feedback": "required", "confidence": "required", "errors_below": 4, "overall_shown": True},
    "bare": {"feedback": "off"},
}
# Responses of three blocks without images: three of six criteria may be "not applicable".
SETUP = """
import json, os
from annotation.flow.setup.projects import add_member, create_project
from annotation.flow.setup.workspace import change_workspace
from tests.factories import block, load, record
answer = [block("First."), block("Second."), block("Third.")]
for slug, changes in json.loads(os.environ["PROJECTS"]).items():
    project = create_project(slug=slug, rubrics=["mmie-pbl"], title=slug, seed=1, overlap=6)
    load(project, [record(number, answer=answer) for number in range(1, 7)])
    change_workspace(project=project, by=None, changes=changes)
    for name in json.loads(os.environ["PEOPLE"]):
        add_member(username=name, project=project, role="annotator")
"""
MAKE_CURRENT = """([part, number]) => {
  for (const item of document.querySelectorAll(".blocks > li")) item.removeAttribute("aria-current");
  const item = document.querySelectorAll(`[aria-labelledby=${part}] .blocks > li`)[number - 1];
  Object.assign(item.dataset, { part, block: number });
  item.setAttribute("aria-current", "true");
}"""
TELL_OVERALL = """(detail) => document.getElementById("main").dispatchEvent(new CustomEvent("sixpoint:overall", { detail }))"""

# The module is fetched once: this is a second start of it on the page, in the hands of the test.
TAKE_FORM = """async () => {
  const { name } = performance.getEntriesByType("resource").find(({ name }) => /judge[.\\w]*\\.js$/.test(name));
  const { start } = await import(name);
  window.judge = start(document.getElementById("main"), { signal: new AbortController().signal });
}"""


@pytest.fixture(scope="module")
def made(demo: tuple[Installation, str]) -> Installation:
    environment = {**demo[0].environment, "PROJECTS": json.dumps(PROJECTS), "PEOPLE": json.dumps(PEOPLE)}
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", SETUP], cwd=ROOT, env={**os.environ, **environment}, check=True
    )
    return demo[0]


def chosen(page: Page) -> list[str]:
    return [str(box.get_attribute("value")) for box in page.locator(".scale :checked").all()]


def here(page: Page) -> str:
    return str(page.locator(".criterion[data-here]").get_attribute("data-key"))


def draft(made: Installation, username: str, slug: str = "judging") -> dict[str, Any]:
    """What the server has of the person's open response, without the time."""
    [token] = made.tokens(slug, {username: "annotator"})
    found: dict[str, Any] = made.api("POST", f"/api/v1/projects/{slug}/claim/", token).json()["assignment"]["draft"]
    return {key: value for key, value in found.items() if key != "active_seconds"}


def test_a_whole_response_of_six_criteria_takes_seven_keys(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ana")
    first = open_next(page, "judging")
    assert page.locator(".criterion").count() == 6
    press(page, "456345")
    expect(page.get_by_role("button", name="Submit")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first and "/assignments/" in url)
    expect(page.locator(".scale :checked")).to_have_count(0)
    page.goto("/projects/judging/")
    expect(page.locator(".big b")).to_have_text("1")


def test_the_last_of_all_is_the_first_that_was_left_open(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ana")
    open_next(page, "bare")
    page.keyboard.press("ArrowDown")
    press(page, "45634")
    assert (here(page), chosen(page)) == ("text_quality", ["4", "5", "6", "3", "4"])


def test_undo_takes_back_one_change_after_the_other(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("bo")
    open_next(page, "judging")
    press(page, "45hq")
    expect(page.locator(".errors :checked")).to_have_count(1)
    press(page, "u")
    expect(page.locator(".errors :checked")).to_have_count(0)
    expect(page.get_by_label("Harmful or negative emotion")).to_be_checked()
    press(page, "uu")
    assert (chosen(page), here(page)) == (["4"], "image_quality")
    expect(page.get_by_label("Harmful or negative emotion")).not_to_be_checked()
    expect(page.locator("#judge-says")).to_have_text("Undone: Image quality")
    press(page, "f")
    page.keyboard.type("Too long.")
    page.keyboard.press("Escape")
    press(page, "u")
    expect(page.locator("#feedback")).to_have_value("")
    press(page, "uu")
    assert chosen(page) == []
    expect(page.locator("#judge-says")).to_have_text("Nothing to undo")
    saved(page)
    assert draft(made, "bo") == {"scores": {}, "penalties": [], "feedback": ""}


def test_not_applicable_is_taken_where_the_rubric_allows_it_and_nowhere_else(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("chen")
    open_next(page, "judging")
    press(page, "n9")
    assert (chosen(page), here(page)) == ([], "text_quality")
    expect(page.locator("#judge-says")).to_have_text("Text quality has no level 9")
    press(page, "4n")
    assert (chosen(page), here(page)) == (["4", "na"], "text_image_coherence")
    expect(page.locator("#judge-says")).to_have_text("Image quality: not applicable")


def test_what_a_key_refuses_is_seen_until_the_next_change_and_what_it_does_is_heard_only(
    sign_in: SignIn, made: Installation
) -> None:
    page = sign_in("emil")
    open_next(page, "strict")
    says = page.locator("#judge-says")
    refused = []
    for key in "u9r":
        press(page, key)
        expect(says).not_to_have_class("visually-hidden")
        refused.append(says.inner_text())
    assert refused == ["Nothing to undo", "Text quality has no level 9", "This query has no reference answers"]
    press(page, "4")
    expect(says).to_have_text("Text quality: 4, Readable")
    expect(says).to_have_class("visually-hidden")
    press(page, "9")
    expect(says).not_to_have_class("visually-hidden")
    page.locator("[name=penalty]").first.click()
    expect(says).to_have_class("visually-hidden")
    expect(says).to_have_text("")


def test_a_note_is_on_the_block_in_view_where_none_is_current(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("emil")
    open_next(page, "judging")
    press(page, "b456")
    expect(page.get_by_label("Query, block 1")).to_have_value("456")
    assert (chosen(page), page.locator("li[aria-current=true]").get_attribute("data-part")) == ([], "query")


def test_arrows_go_from_level_to_level_and_stop_at_the_ends(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("fay")
    open_next(page, "judging")
    seen = []
    for key in ["Right", "Left", "Right", *["Right"] * 5, "Down", "Left", "Right", "Right", "Left"]:
        page.keyboard.press(f"Arrow{key}")
        seen.append(chosen(page))
    first = [["1"], ["1"], ["2"], ["3"], ["4"], ["5"], ["6"], ["6"], ["6"]]
    assert seen == [*first, ["6", "6"], ["6", "na"], ["6", "na"], ["6", "6"]]
    expect(page.locator(".criterion").nth(1).get_by_role("radio", name="6")).to_be_focused()


def test_digits_score_the_marked_criterion_while_the_focus_is_elsewhere(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("chen")
    open_next(page, "bare")
    page.locator("#response").click()
    expect(page.locator(".criterion[data-here]")).to_have_count(1)
    press(page, "3")
    assert chosen(page) == ["3"]
    assert page.locator("[name=feedback]").count() == 0


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
    expect(page.locator(".errors > summary kbd")).to_have_text(["q", "w", "e", "t"])
    press(page, "345634")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#faults")).to_contain_text("Feedback: missing")
    expect(page.locator("#faults")).to_contain_text("Text quality: how sure: missing")
    expect(page.locator("#faults")).to_contain_text("Errors: expected at least one: a score is below 4")
    assert chosen(page) == ["3", "4", "5", "6", "3", "4"]
    expect(page.locator(".criterion").first.locator(".fault")).to_have_text("how sure: missing")
    expect(page.locator(".criterion").first.get_by_role("radio", name="3")).to_be_focused()


ENTRIES = [  # in the order of the form
    ["active_seconds", "7"],
    ["looks", '[{"levels": [3, 4], "criterion": null, "at": "2026-11-23T12:00:00Z"}]'],
    ["score-text_quality", "2"],
    ["confidence-text_quality", "3"],
    ["score-image_quality", "na"],
    ["note-creativity", "Dull."],
    ["penalty", "emotional_impact"],
    ["error", "complex-reasoning"],
    ["error", "complex-reasoning@2"],
    ["feedback", "Said elsewhere."],
    ["block-note-response-2", "This one."],
]


def test_the_form_says_again_what_it_was_filled_with_and_shows_the_servers_faults(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("dara")
    open_next(page, "strict")
    page.evaluate(TAKE_FORM)
    assert page.evaluate("(entries) => { judge.fill(entries); return judge.entries(); }", ENTRIES) == ENTRIES
    page.evaluate(
        "(faults) => judge.faults(faults)", {"feedback": "too long", "scores.creativity": "missing", "speed": "unknown"}
    )
    expect(page.locator("#faults li")).to_have_text(
        ["Feedback: too long", "Creativity and engagement: missing", "speed: unknown"]
    )
    expect(page.locator("[name=score-creativity]").first).to_be_focused()
    page.evaluate("() => { judge.fill(judge.entries()); judge.commands.undo(); }")
    [[name, seconds], *others] = page.evaluate("() => judge.entries()")
    assert (name, int(seconds) >= 7) == ("active_seconds", True)  # its clock goes on
    assert others == [ENTRIES[1]]
    page.evaluate("() => judge.faults({})")
    expect(page.locator("#faults")).to_be_hidden()
    assert page.evaluate("() => { judge.fill([]); return judge.entries(); }") == []


def test_the_overall_is_shown_when_it_is_told_and_not_before(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ana")
    open_next(page, "strict")
    expect(page.locator("#overall-says")).to_be_hidden()
    page.evaluate(TELL_OVERALL, {"text": "3.2", "reason": "mean 4.2, less 1 for harm"})
    expect(page.locator("#overall-says")).to_have_text("Overall 3.2 (mean 4.2, less 1 for harm)")
    page.evaluate(TELL_OVERALL, None)
    expect(page.locator("#overall-says")).to_be_hidden()


def test_a_person_has_other_keys_or_none(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("bo")
    page.goto("/keys/")
    page.get_by_label("undo the last change").fill("j")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text('"j" is also the key of: second penalty')).to_be_visible()
    page.get_by_label("second penalty").fill("ü")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_contain_text("Your keys are saved.")
    open_next(page, "bare")
    press(page, "45")
    press(page, "u")
    assert chosen(page) == ["4", "5"]
    press(page, "j")
    assert chosen(page) == ["4"]
    expect(page.get_by_role("button", name="Undo")).to_contain_text("j")
    saved(page)
    page.goto("/keys/")
    page.get_by_label("Turn single-key shortcuts off").check()
    page.get_by_role("button", name="Save").click()
    page.goto("/projects/bare/")
    page.locator("main .do").click()
    expect(page.locator(".criterion").nth(1).locator("input").first).to_be_focused()
    press(page, "3h")
    expect(page.get_by_label("Harmful or negative emotion")).not_to_be_checked()
    page.locator("#response").click()
    press(page, "6")
    assert chosen(page) == ["4", "3"]
    page.goto("/keys/")
    page.get_by_role("button", name="Restore defaults").click()  # the other tests meet this person too
    expect(page.get_by_label("undo the last change")).to_have_value("u")
    expect(page.get_by_label("Turn single-key shortcuts off")).not_to_be_checked()
