"""What the tests of this folder do with their pages."""

import re
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from playwright.sync_api import Page, Route

SignIn = Callable[..., Page]


PICTURE = {"image": "/static/annotation/mark.svg", "width": 600, "height": 400, "sizes": []}


DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" width="6" height="4"/>'


LISTEN = """() => {
    window.looks = [];
    document.addEventListener("sixpoint:look", (event) => window.looks.push(event.detail));
}"""


FOCUS = """(detail) => document.getElementById("main").dispatchEvent(new CustomEvent("sixpoint:focus", {detail}))"""


SCORED = """() => document.getElementById("main").dispatchEvent(new CustomEvent("sixpoint:scored"))"""


CHOSEN = """() => [...document.querySelectorAll(".part .picture:has(source) img")].map(
    (image) => [image.naturalWidth, image.clientWidth]
)"""


PLACES = """() => [...document.querySelectorAll(".stage img")].map((image) => {
    const { left, top } = image.parentElement.getBoundingClientRect();
    const box = image.getBoundingClientRect();
    return [box.left - left, box.top - top, box.width].map(Math.round);
})"""


def open_case(page: Page, name: str) -> None:
    page.goto(f"/projects/{name}/annotate/")
    if "/assignments/" not in page.url:
        page.locator("main .do").click()
        page.wait_for_url("**/assignments/*/")


def open_with(page: Page, name: str, **context: Any) -> None:
    """The page of the case with another reading side: what the project's settings make of it."""
    open_case(page, name)
    reading = render_to_string("annotation/reading/_reading.html", context)

    def changed(route: Route) -> None:
        answer = route.fetch()
        body, count = re.subn(
            r'(<div class="read">).*?(</div>\s*<form)',
            lambda found: found[1] + reading + found[2],
            answer.text(),
            flags=re.DOTALL,
        )
        assert count == 1
        route.fulfill(response=answer, body=body)

    page.route(page.url, changed)
    page.reload()


def blocks(*texts: str) -> list[dict[str, Any]]:
    return [{**PICTURE, "text": text} for text in texts]


def looks(page: Page) -> list[tuple[list[int], str | None]]:
    return [(look["levels"], look["criterion"]) for look in page.evaluate("window.looks")]


def shown_levels(page: Page) -> list[str | None]:
    return [rung.get_attribute("data-level") for rung in page.locator(".rung:visible").all()]
