"""What a project's workspace sets is what its annotators meet: real settings, real keys, and what the server has in the end."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import open_next, press, saved
from tests.installation import Installation

SignIn = Callable[..., Page]
SETUP = """
import json, os
from annotation.flow.setup.projects import add_member, create_project, set_password
from annotation.models import User
from tests.factories import block, load, record
answer = [block("First. " * 500), block("Second."), block("Third.")]
references = {str(level): [block(f"An answer of level {level}.")] for level in range(1, 7)}
project = create_project(slug="settings", rubrics=["mmie-pbl"], title="Settings", seed=1, overlap=12)
load(project, [record(number, answer=answer, references=references) for number in range(1, 4)])
people = [add_member(username=f"set-{number}", project=project, role="annotator", create=True).user for number in range(12)]
set_password(user=people[0], password=os.environ["PASSWORD"])
User.objects.filter(pk__in=[user.pk for user in people]).update(password=people[0].password)  # to hash takes long
print(json.dumps([user.username for user in people]))
"""
CHANGE = """
import json, os
from annotation.flow.setup.workspace import change_workspace
from annotation.models import Project
changes = json.loads(os.environ["CHANGES"])
change_workspace(project=Project.objects.get(slug="settings"), by=None, changes=changes)
print(json.dumps("changed"))
"""
DRAFT = """
import json, os
from annotation.models import Draft
mine = Draft.objects.filter(annotator__username=os.environ["WHO"], task__project__slug="settings")
print(json.dumps(mine.values_list("content", flat=True).first()))
"""
VEILED = """(element) => [
  element.inert, [...element.querySelectorAll(".prose")].every((text) => getComputedStyle(text).filter.startsWith("blur"))
]"""
BY_DEFAULT = {
    "feedback": "asked",
    "confidence": "off",
    "overall_shown": False,
    "ladder_after_first_score": False,
    "blur": "marked",
    "errors_below": None,
}


@pytest.fixture(scope="module")
def people(demo: tuple[Installation, str]) -> Iterator[str]:
    """Those of a project of their own, one after the other."""
    made, password = demo
    return iter(made.run(SETUP, PASSWORD=password))


@pytest.fixture
def person(people: Iterator[str]) -> str:
    """Whom no other test meets: a draft that one test leaves is what the person's next page begins with."""
    return next(people)


@pytest.fixture
def made(demo: tuple[Installation, str], people: Iterator[str]) -> Installation:
    return demo[0]


def change(made: Installation, **changes: Any) -> None:
    """Everything else is as it is by default, whatever the test before had."""
    made.run(CHANGE, CHANGES=json.dumps(BY_DEFAULT | changes))


def draft(page: Page, made: Installation, who: str) -> dict[str, Any]:
    """What the server has once everything is saved, without the time."""
    saved(page)
    found: dict[str, Any] = made.run(DRAFT, WHO=who)
    return {key: value for key, value in found.items() if key != "active_seconds"}


def test_the_overall_is_shown_before_it_is_submitted_where_the_project_says_so(
    sign_in: SignIn, made: Installation, person: str
) -> None:
    change(made, overall_shown=True)
    page = sign_in(person)
    open_next(page, "settings")
    line = page.locator("#overall-says")
    press(page, "44444")
    saved(page)
    expect(line).to_be_hidden()
    press(page, "4")
    expect(line).to_have_text("Overall 4 (the mean)")
    page.reload()
    expect(line).to_have_text("Overall 4 (the mean)")
    press(page, "h")
    expect(line).to_contain_text("less 1 for Harmful or negative emotion")


def test_the_overall_is_not_shown_before_it_is_submitted_by_default(sign_in: SignIn, made: Installation, person: str) -> None:
    change(made)
    page = sign_in(person)
    open_next(page, "settings")
    press(page, "444444")
    assert set(draft(page, made, person)["scores"].values()) == {4}
    page.reload()
    expect(page.locator(".scale :checked")).to_have_count(6)
    expect(page.locator("#overall-says")).to_be_hidden()


def test_a_look_at_the_reference_answers_by_key_is_in_the_draft(sign_in: SignIn, made: Installation, person: str) -> None:
    change(made)
    page = sign_in(person)
    open_next(page, "settings")
    expect(page.locator("#references[open]")).to_have_count(0)
    press(page, "r")
    expect(page.locator("#references[open]")).to_have_count(1)
    [look] = draft(page, made, person)["looks"]
    assert (look["levels"], look["criterion"]) == ([3, 4], None)


def test_the_ladder_is_locked_until_the_first_digit_where_the_project_says_so(
    sign_in: SignIn, made: Installation, person: str
) -> None:
    change(made, ladder_after_first_score=True)
    page = sign_in(person)
    open_next(page, "settings")
    press(page, "r")
    expect(page.locator("#judge-says")).to_have_text("The reference answers open with your first score")
    expect(page.locator(".rung")).to_have_count(0)
    press(page, "4r")
    expect(page.locator(".rung:visible")).to_have_count(2)
    kept = draft(page, made, person)
    assert (kept["scores"], [look["levels"] for look in kept["looks"]]) == ({"text_quality": 4}, [[3, 4]])
    page.reload()
    expect(page.locator("#references[data-locked]")).to_have_count(0)


def test_a_response_is_blurred_until_the_key_where_the_project_says_so(sign_in: SignIn, made: Installation, person: str) -> None:
    change(made, blur="always")
    page = sign_in(person)
    open_next(page, "settings")
    veil = page.locator("[data-veil]")
    expect(veil).to_have_attribute("aria-hidden", "true")
    assert veil.evaluate(VEILED) == [True, True]
    press(page, "y")
    expect(veil).not_to_have_attribute("aria-hidden", "true")
    assert veil.evaluate(VEILED) == [False, False]


def test_an_error_by_key_is_on_the_block_that_a_key_made_current(sign_in: SignIn, made: Installation, person: str) -> None:
    change(made)
    page = sign_in(person)
    open_next(page, "settings")
    while page.locator("[data-part=response][data-block='2'][aria-current=true]").count() == 0:
        press(page, ".")
    press(page, "w")
    assert draft(page, made, person) == {
        "scores": {},
        "penalties": [],
        "feedback": "",
        "errors": [{"type": "generation-adaptability", "block": 2}],
    }


def test_what_is_missing_is_said_on_the_page_as_it_stands(sign_in: SignIn, made: Installation, person: str) -> None:
    change(made, feedback="required")
    page = sign_in(person, viewport={"width": 1280, "height": 500})
    address = open_next(page, "settings")
    press(page, "r.")
    for criterion in page.locator(".criterion").all():
        criterion.locator("input[value='5']").dispatch_event("click")
    page.evaluate("document.querySelector('main .read').dataset.marked = true")
    page.evaluate("window.scrollTo({ top: 150, behavior: 'instant' })")
    stands = "[window.scrollY, document.querySelector('[data-marked] li[aria-current=true]').dataset.block]"
    before = page.evaluate(stands)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#fault-feedback")).to_have_text("missing")
    expect(page.locator("#faults li")).to_have_text(["Feedback: missing"])
    expect(page.get_by_label("Feedback")).to_be_focused()
    expect(page.locator(".rung:visible")).to_have_count(2)
    assert (page.evaluate(stands), before[0]) == (before, 150)
    assert set(draft(page, made, person)["scores"].values()) == {5}
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".scale :checked")).to_have_count(5)
    page.keyboard.press("5")
    page.get_by_label("Feedback").fill("Now there is some.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != address)


def test_a_page_that_is_older_than_the_settings_goes_on_saving_and_is_loaded_anew_to_submit(
    sign_in: SignIn, made: Installation, person: str
) -> None:
    change(made, confidence="asked")
    page = sign_in(person)
    address = open_next(page, "settings")
    page.get_by_label("Feedback").fill("Well.")
    page.locator(".criterion").first.locator("input").first.focus()
    press(page, "c")
    assert draft(page, made, person)["confidence"] == {"text_quality": 1}
    change(made, confidence="off", feedback="off")
    press(page, "345634")
    kept = draft(page, made, person)
    assert (sorted(kept), kept["feedback"], len(kept["scores"])) == (["feedback", "penalties", "scores"], "Well.", 6)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#faults")).to_contain_text("is not asked for in this project")
    expect(page.locator("#notices")).to_contain_text("The project's settings have changed since this page was opened.")
    page.get_by_role("button", name="Reload the page").click()
    expect(page.locator(".scale :checked")).to_have_count(6)
    expect(page.get_by_label("Feedback")).to_have_value("Well.")
    page.get_by_label("Feedback").fill("")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != address)
