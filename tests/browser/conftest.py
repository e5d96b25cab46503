import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.chromium import MISSING, find
from tests.databases import DEMO
from tests.installation import ROOT, Installation, installation

OWN_STUDY = """
import json, os
from pathlib import Path
from annotation.flow.load.items import load_items
from annotation.flow.setup.projects import add_member, create_project
project = create_project(slug=os.environ["SLUG"], rubrics=["mmie-sa", "mmie-pbl", "mmie-msr"], title="Own", seed=1, overlap=6)
load_items(path=Path("fixtures/demo/items.json"), project=project)
for name in ("ana", "bo", "chen", "dara", "emil", "fay"):
    add_member(username=name, project=project, role="annotator")
print(json.dumps(project.slug))
"""
REFUSED_FORM = "the server responded with a status of 400"  # Chromium's own note on a form that was filled wrongly

# milliseconds: a machine that has much else to do is no fault of the page
expect.set_options(timeout=20_000)
SLOWEST_PAGE = 90_000
SERVER_LINES = 40  # of what the server said last, beside a test that failed


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Any:
    """A test that failed is reported with what the server said until then."""
    report = yield
    if report.failed and "demo" in item.funcargs:
        log = Path(item.funcargs["demo"][0].environment["DATA_DIR"], "gunicorn.log")
        report.sections.append(("the server said", "\n".join(log.read_text().splitlines()[-SERVER_LINES:])))
    return report


@pytest.fixture(scope="session")
def demo(tmp_path_factory: Any) -> Iterator[tuple[Installation, str]]:
    """The demo as `make demo` serves it, and the password of its people."""
    with installation(tmp_path_factory.mktemp("demo"), of=DEMO) as made:
        yield made, made.demo_password


@pytest.fixture(scope="module")
def study(demo: tuple[Installation, str], request: pytest.FixtureRequest) -> str:
    """A project of the module's own with the demo's material: nobody has judged there but its tests, in whatever order."""
    return str(demo[0].run(OWN_STUDY, SLUG=request.module.__name__.rpartition("test_")[2]))


@pytest.fixture
def start_worker(demo: tuple[Installation, str]) -> Iterator[Callable[[], None]]:
    """Begins to take jobs: where a test looks at one under way, once it sees it, for a small one is soon done."""
    processes = []

    def started() -> None:
        command = [sys.executable, "manage.py", "worker", "--interval", "0.2"]
        processes.append(subprocess.Popen(command, cwd=ROOT, env=demo[0].environment, stderr=subprocess.DEVNULL))

    yield started
    for process in processes:
        process.terminate()
        process.wait(timeout=30)


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


@pytest.fixture(scope="session")
def sessions() -> dict[tuple[str, str], list[Any]]:
    """The cookies of those who have signed in, by installation and person: to sign in costs a second."""
    return {}


@pytest.fixture
def sign_in(
    browser: Browser,
    demo: tuple[Installation, str],
    sessions: dict[tuple[str, str], list[Any]],
    expected_notes: list[str],
) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own for a person, or for nobody; at the end no page may have complained, by script or policy."""
    made, password = demo
    complaints: list[str] = []
    contexts = []

    def open_as(username: str | None, **options: Any) -> Page:
        context = browser.new_context(base_url=made.url, **options)
        context.set_default_navigation_timeout(SLOWEST_PAGE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if username is None:
            return page
        if (made.url, username) in sessions:
            context.add_cookies(sessions[made.url, username])
            return page
        page.goto("/accounts/login/")
        page.locator("[name=login]").fill(username)
        page.locator("[name=password]").fill(password)
        page.locator("main .do").click()
        page.wait_for_url("**/")
        sessions[made.url, username] = context.cookies()
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert [said for said in complaints if not any(note in said for note in expected_notes)] == []
