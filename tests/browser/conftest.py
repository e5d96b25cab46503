import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import MISSING, find
from tests.installation import Installation, installation

REFUSED_FORM = "the server responded with a status of 400"  # Chromium's own note on a form that was filled wrongly


@pytest.fixture(scope="session")
def demo(tmp_path_factory: Any) -> Iterator[tuple[Installation, str]]:
    """The demo as `make demo` serves it, and the password of its people."""
    with installation(tmp_path_factory.mktemp("demo")) as made:
        people = made.manage("load_demo")["people"]
        yield made, people[0]["password"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find()
    assert program, MISSING
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def expected_notes() -> list[str]:
    """What Chromium notes on the console of pages that are right."""
    return [REFUSED_FORM]


@pytest.fixture
def sign_in(browser: Browser, demo: tuple[Installation, str], expected_notes: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens a browser of their own for a person; at the end no page may have complained, by script or by policy."""
    made, password = demo
    complaints: list[str] = []
    contexts = []

    def open_as(username: str, **options: Any) -> Page:
        context = browser.new_context(base_url=made.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/accounts/login/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/")
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert [said for said in complaints if not any(note in said for note in expected_notes)] == []
