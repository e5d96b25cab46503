"""A manager uploads material, watches it come in, reads what became of it and opens a response."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.installation import DEMO, RUBRICS, Installation

SignIn = Callable[..., Page]


@pytest.fixture
def study(demo: tuple[Installation, str]) -> str:
    """An empty project of the demo's manager."""
    made, _password = demo
    made.manage("load_rubric", *RUBRICS)
    made.manage("create_project", "second", "--rubric", "mmie-sa", "--rubric", "mmie-pbl", "--rubric", "mmie-msr")
    made.manage("add_member", "lea", "--project", "second", "--role", "manager")
    return "second"


def packed(folder: Path) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(folder / "items.json", "items.json")
        for image in sorted((folder / "images").iterdir()):
            archive.write(image, f"images/{image.name}")
    return file.getvalue()


def upload(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("File", exact=True).set_input_files({"name": name, "mimeType": "application/zip", "buffer": content})
    page.get_by_role("button", name="Import").click()
    page.wait_for_url("**/jobs/*/")


def test_a_zip_of_the_demos_material_is_uploaded_watched_read_and_opened(
    sign_in: SignIn, study: str, start_worker: Callable[[], None]
) -> None:
    page = sign_in("lea")
    page.goto(f"/projects/{study}/")
    page.get_by_role("link", name="Import queries and responses").click()
    upload(page, "demo.zip", packed(DEMO))
    expect(page.get_by_role("progressbar", name="Progress")).to_be_visible()
    start_worker()
    expect(page.locator("#job .tag")).to_have_text("done", timeout=60_000)
    figures = dict(zip(page.locator("#job dt").all_inner_texts(), page.locator("#job dd").all_inner_texts(), strict=True))
    assert {name: figures[name] for name in ("queries", "responses", "images", "already there")} == {
        "queries": "9",
        "responses": "36",
        "images": "32",
        "already there": "0",
    }
    page.get_by_role("link", name="View responses").click()
    page.locator("#list tbody th a").first.click()
    expect(page.get_by_role("heading", name="Response", exact=True)).to_be_visible()
    shown = page.locator(".blocks img").first
    expect(shown).to_have_js_property("complete", True)  # it keeps its place before it is there
    assert shown.evaluate("image => image.naturalWidth > 0")


def test_every_fault_of_a_file_is_read_on_the_page(sign_in: SignIn, start_worker: Callable[[], None]) -> None:
    start_worker()
    page = sign_in("lea")
    page.goto("/projects/demo/material/")
    upload(page, "items.json", json.dumps([{"id": f"PBL-{number}"} for number in range(60)]).encode())
    expect(page.locator("#job .tag")).to_have_text("refused", timeout=60_000)
    rows = page.get_by_role("region", name="Rejected records").get_by_role("row")
    kinds = page.get_by_role("region", name="Errors of one kind").get_by_role("row")
    expect(kinds).to_have_count(1 + 3)
    expect(rows).to_have_count(1 + 100)
    expect(page.get_by_text("180 errors")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(rows).to_have_count(1 + 80)
    expect(rows.last).to_have_text(re.compile(r"60\s*answer\s*missing"))


def test_a_job_that_no_worker_takes_is_stopped(sign_in: SignIn) -> None:
    page = sign_in("lea", java_script_enabled=False)
    page.goto("/projects/demo/material/")
    upload(page, "items.json", b"[]")
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#job .tag")).to_have_text("cancelled")
