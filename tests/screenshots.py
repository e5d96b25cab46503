"""Makes the pictures of the documents from the demo: python -m tests.screenshots [FOLDER]; docs/pictures without one.

Six that matter: the first response, the ladder open, two images side by side, offline, nothing left, a phone.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.chromium import MISSING, find
from tests.installation import ROOT, Installation, installation

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
Open = Callable[..., Page]


def main(folder: Path) -> None:
    program = find()
    assert program, MISSING
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, installation(Path(name)) as made, sync_playwright() as playwright:
        password = made.manage("load_demo")["people"][0]["password"]
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        for title, picture in PICTURES.items():
            with opened(chromium, made, password) as open_as:
                picture(open_as).screenshot(path=folder / f"{title}.png")
                print(folder / f"{title}.png")
        chromium.close()


@contextmanager
def opened(chromium: Browser, made: Installation, password: str) -> Iterator[Open]:
    """Opens a browser for a person, at their next response."""
    contexts: list[BrowserContext] = []

    def open_as(who: str, *, dark: bool = False, phone: bool = False) -> Page:
        context = chromium.new_context(
            base_url=made.url,
            viewport=PHONE if phone else WIDE,  # type: ignore[arg-type]
            color_scheme="dark" if dark else "light",
            device_scale_factor=2 if phone else 1,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.locator("[name=login]").fill(who)
        page.locator("[name=password]").fill(password)
        page.locator("main .do").click()
        page.wait_for_url("**/")
        page.goto("/projects/demo/")
        page.locator("main .do").click()
        page.wait_for_url("**/assignments/*/")
        page.wait_for_load_state("networkidle")
        return page

    yield open_as
    for context in contexts:
        context.close()


def scored(page: Page, digits: str) -> Page:
    for digit in digits:
        page.keyboard.press(digit)
    page.locator("#saved[data-state=saved]").wait_for()
    return page


def first_response(open_as: Open) -> Page:
    return scored(open_as("chen"), "54")


def ladder(open_as: Open) -> Page:
    page = scored(open_as("ana", dark=True), "543")
    page.keyboard.press("r")
    page.locator(".rung:visible").first.wait_for()
    page.wait_for_load_state("networkidle")
    return page


def side_by_side(open_as: Open) -> Page:
    page = open_as("ana")
    page.keyboard.press("v")
    page.locator(".viewer.two").wait_for()
    page.wait_for_load_state("networkidle")
    return page


def offline(open_as: Open) -> Page:
    page = scored(open_as("dara"), "4")
    page.context.set_offline(True)
    for digit in "53":
        page.keyboard.press(digit)
    page.locator("#saved[data-state=offline]").wait_for()
    return page


def nothing_left(open_as: Open) -> Page:
    page = open_as("emil")
    while page.locator("form.judge").count():
        criteria = page.locator(".criterion").count()
        before = page.url
        for _criterion in range(criteria):
            page.keyboard.press("4")
        page.locator(".criterion .scale :checked").nth(criteria - 1).wait_for(state="attached")
        page.keyboard.press("s")
        page.wait_for_url(lambda url, before=before: url != before)
        page.wait_for_load_state("networkidle")
    return page


def phone(open_as: Open) -> Page:
    return scored(open_as("fay", phone=True), "5")


# Ana comes first: her next response has reference answers, and whoever comes first has it.
PICTURES: dict[str, Callable[[Open], Page]] = {
    "ladder-open": ladder,
    "first-response": first_response,
    "viewer-side-by-side": side_by_side,
    "offline": offline,
    "nothing-left": nothing_left,
    "phone": phone,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
