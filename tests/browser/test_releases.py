"""A manager previews a release, makes it, watches it made, looks into it, downloads it and retracts it."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_accessibility import ALL_ELSE, COLOURS, found

SignIn = Callable[..., Page]
RELEASES = "/projects/demo/releases/"
PARTS = ["", "new/", "1/", "1/labels/", "1/left-out/", "1/files/", "1/compare/", "../export/"]


@pytest.fixture
def expected_notes() -> list[str]:
    """htmx's own note where a newer preview takes the place of one that is under way."""
    return ["htmx:afterRequest", "htmx:sendAbort"]


def make_first(page: Page) -> None:
    """A release of the demo, if there is none yet."""
    page.goto(RELEASES)
    if page.get_by_role("link", name="Release 1").count():
        return
    page.goto(f"{RELEASES}new/")
    page.get_by_role("button", name="Make release").click()
    expect(page.locator("#job .tag")).to_have_text("done", timeout=60_000)
    page.wait_for_load_state("networkidle")


def test_a_release_is_previewed_made_read_downloaded_and_retracted(
    sign_in: SignIn, start_worker: Callable[[], None], tmp_path: Path
) -> None:
    page = sign_in("lea")
    page.goto(RELEASES)
    page.get_by_role("link", name="Make a release").click()

    page.get_by_label("Size of the check split").fill("5000")
    expect(page.get_by_role("alert")).to_contain_text("nothing would be left to train on")
    expect(page.get_by_role("button", name="Make release")).to_have_count(0)
    page.get_by_label("Size of the check split").fill("4")
    expect(page.locator("#command")).to_have_value(re.compile(r"--check-size 4$"))
    page.get_by_label("the level of each criterion").check()
    expect(page.locator(".example pre").first).to_contain_text("### Criteria")
    assert page.locator(".thumbnail img").first.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    promised = page.locator(".make-now").inner_text()
    page.wait_for_load_state("networkidle")  # a preview may be under way still: leaving would break it off

    page.get_by_role("button", name="Make release").click()
    page.wait_for_url("**/jobs/*/")
    expect(page.get_by_role("progressbar", name="Progress")).to_be_visible()
    start_worker()
    expect(page.locator("#job .tag")).to_have_text("done", timeout=60_000)
    page.wait_for_load_state("networkidle")  # a question about the job may be under way still: leaving would break it off
    page.get_by_role("link", name="View release").click()
    number = page.url.rstrip("/").rpartition("/")[2]
    expect(page.get_by_role("heading", name=f"Release {number}")).to_be_visible()
    held = [figure.split("·")[0].strip() for figure in page.locator("#splits ~ * dt, .figures dt").all_inner_texts()]
    numbers = page.locator(".figures dd").all_inner_texts()
    assert all(f"{split} {count}" in promised for split, count in zip(held, numbers, strict=False))

    page.get_by_role("link", name="Labels").click()
    page.get_by_label("Split").select_option("check")
    expect(page.locator("#list tbody tr")).to_have_count(int(numbers[1]))
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download .zip").click()
    downloading.value.save_as(tmp_path / "release.zip")
    assert downloading.value.suggested_filename == f"demo-{number}.zip"
    with zipfile.ZipFile(tmp_path / "release.zip") as archive:
        assert archive.testzip() is None
        assert f"demo-{number}/manifest.json" in archive.namelist()
    page.get_by_role("link", name="Overview").click()
    expect(page.locator("section", has=page.locator("#downloads")).get_by_role("listitem")).to_have_text(re.compile("^lea"))

    page.get_by_role("textbox", name="Reason").fill("A wrong image.")
    page.get_by_role("button", name="Retract release").click()
    expect(page.get_by_role("region", name="Retracted")).to_contain_text("do not use it")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download (retracted)").click()
    assert downloading.value.suggested_filename == f"RETRACTED-demo-{number}.zip"


def test_options_filled_before_htmx_is_there_are_previewed(sign_in: SignIn) -> None:
    """On a slow line people write before the scripts are there: the preview follows once they are."""
    page = sign_in("lea")
    waiting: list[Route] = []
    page.route(re.compile("htmx"), lambda route: waiting.append(route))
    page.goto(f"{RELEASES}new/", wait_until="commit")
    page.get_by_label("Size of the check split").fill("5000")
    expect(page.get_by_role("alert")).to_have_count(0)
    for route in waiting:
        route.continue_()
    expect(page.get_by_role("alert")).to_contain_text("nothing would be left to train on")


def test_without_script_a_release_is_previewed_made_and_stopped(sign_in: SignIn) -> None:
    page = sign_in("lea", java_script_enabled=False)
    page.goto(f"{RELEASES}new/")
    page.get_by_label("Size of the check split").fill("3")
    page.get_by_role("button", name="Update the preview").click()
    expect(page.locator("#command")).to_have_value(re.compile("--check-size 3$"))
    page.get_by_role("button", name="Make release").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#job .tag")).to_have_text("cancelled")


def test_an_export_follows_the_choice_and_is_downloaded(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("lea")
    page.goto("/projects/demo/export/")
    page.get_by_label("ember-2").check()
    expect(page.locator("#command")).to_have_value(re.compile("--system ember-2$"))
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download export").click()
    downloading.value.save_as(tmp_path / "export.zip")
    with zipfile.ZipFile(tmp_path / "export.zip") as archive:
        assert archive.read("NOT-A-RELEASE.txt").startswith(b"This is an export, not a release.")


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_of_releases_scrolls_sideways_and_axe_finds_nothing(
    sign_in: SignIn, start_worker: Callable[[], None], width: int
) -> None:
    page = sign_in("lea", viewport={"width": width, "height": 844}, reduced_motion="reduce")
    start_worker()
    make_first(page)
    wrong = {}
    for part in PARTS:
        page.goto(RELEASES + part)
        wrong[part] = found(page, ALL_ELSE)
        wrong[part] += [] if page.evaluate("document.documentElement.scrollWidth") == width else ["scrolls sideways"]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            wrong[part] += [f"{scheme} {what}" for what in found(page, COLOURS)]
    assert {part: what for part, what in wrong.items() if what} == {}
