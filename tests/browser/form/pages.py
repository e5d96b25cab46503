"""What the tests of this folder do with their pages."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.installation import Installation

SignIn = Callable[..., Page]


PEOPLE = ["ana", "bo", "chen", "dara", "emil", "fay"]


PROJECTS = {
    "judging": {"confidence": "asked"},
    "strict": {"feedback": "required", "confidence": "required", "errors_below": 4, "overall_shown": True},
    "bare": {"feedback": "off"},
    "plain": {"feedback": "off"},  # of test_undo alone, which begins with nothing scored
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


def chosen(page: Page) -> list[str]:
    return [str(box.get_attribute("value")) for box in page.locator(".scale :checked").all()]


def here(page: Page) -> str:
    return str(page.locator(".criterion[data-here]").get_attribute("data-key"))


def draft(made: Installation, username: str, slug: str = "judging") -> dict[str, Any]:
    """What the server has of the person's open response, without the time."""
    [token] = made.tokens(slug, {username: "annotator"})
    found: dict[str, Any] = made.api("POST", f"/api/v1/projects/{slug}/claim/", token).json()["assignment"]["draft"]
    return {key: value for key, value in found.items() if key != "active_seconds"}


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
