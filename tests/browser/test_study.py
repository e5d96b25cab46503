"""A study from the first day to the results, without a shell: by pages, and by the API where people score."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.installation import ROOT

SignIn = Callable[..., Page]
DEMO = ROOT / "fixtures" / "demo"
STUDY = "/projects/three-systems/"
PASSWORD = "a long walk by the river"
PEOPLE = {"nina": "annotator", "omar": "annotator", "pia": "annotator", "quin": "adjudicator"}


@pytest.fixture
def expected_notes() -> list[str]:
    """htmx's own note where a page is left while a question is under way."""
    return ["htmx:afterRequest", "htmx:sendAbort"]


def data() -> bytes:
    """The demo's queries and responses with their images, as a lead uploads them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path in [DEMO / "items.json", *sorted((DEMO / "images").iterdir())]:
            archive.write(path, path.relative_to(DEMO).as_posix())
    return file.getvalue()


def call(page: Page, method: str, path: str, body: Any = None) -> Any:
    """A call of the API by the browser's own session."""
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sixpoint_csrf")
    headers = {"X-CSRFToken": token, "Content-Type": "application/json", "Referer": page.url}
    return page.request.fetch(f"/api/v1/{path}", method=method, headers=headers, data=json.dumps(body or {}))


def wait_for_job(page: Page) -> None:
    expect(page.locator("#job .tag")).to_have_text("done", timeout=90_000)
    page.wait_for_load_state("networkidle")  # leaving would break the last question about the job off


def invite(lead: Page, role: str) -> str:
    lead.goto(f"{STUDY}members/invitations/")
    lead.get_by_label("Role").select_option(role)
    lead.get_by_role("button", name="Make a link").click()
    return lead.get_by_label("Copy this link now").input_value()


def join(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_label("Username").fill(name)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Create account and accept").click()
    expect(page.get_by_role("status")).to_contain_text(f"as {PEOPLE[name]}")


def score_everything(page: Page, name: str) -> int:
    """The third annotator sees the first response of each system otherwise."""
    done = 0
    while (answer := call(page, "POST", "projects/three-systems/claim/")).status == 200:
        claim = answer.json()
        criteria = [one for one in claim["rubric"]["criteria"] if one["kind"] == "rated"]
        level = 1 if name == "pia" and claim["query"]["id"].endswith("1") else 5 - len(claim["response"]["blocks"]) % 2
        scores = {one["key"]: level for one in criteria}
        submitted = call(page, "POST", f"assignments/{claim['assignment']['id']}/submit/", {"scores": scores})
        if submitted.status == 400:  # a criterion of images, where there is none
            scores |= dict.fromkeys(submitted.json()["fields"], "na")
            submitted = call(page, "POST", f"assignments/{claim['assignment']['id']}/submit/", {"scores": scores})
        assert submitted.status == 201, submitted.text()
        done += 1
    assert answer.status == 204
    return done


def decide_everything(page: Page) -> int:
    decided = 0
    while (answer := call(page, "POST", "projects/three-systems/adjudicate/")).status == 200:
        case = answer.json()["adjudication"]
        answers = dict.fromkeys(case["criteria"], 4)
        assert call(page, "POST", f"adjudications/{case['id']}/unseen/", {"answers": answers}).status == 200
        decisions = {key: {"score": 4, "cause": "slip", "reason": "A slip."} for key in answers}
        assert call(page, "POST", f"adjudications/{case['id']}/decide/", {"decisions": decisions}).status == 201
        decided += 1
    return decided


def open_page(lead: Page, group: str, title: str | None = None) -> None:
    """By the project's navigation, as somebody does who knows no address."""
    lead.get_by_role("navigation", name="Project", exact=True).get_by_role("link", name=group, exact=True).click()
    if title:
        lead.get_by_role("navigation", name=f"Pages: {group}").get_by_role("link", name=title, exact=True).click()


def test_a_study_is_run_in_the_browser_from_the_first_day_to_the_results(
    sign_in: SignIn, start_worker: Callable[[], None], tmp_path: Path
) -> None:
    start_worker()
    lead = sign_in("lea")
    lead.goto("/")
    lead.get_by_role("link", name="New project").click()
    lead.get_by_label("Title").fill("Three systems")
    for category, rubric in {"situational": "mmie-sa", "project-based": "mmie-pbl", "multi-step": "mmie-msr"}.items():
        lead.get_by_label(re.compile(category)).select_option(f"{rubric}@1")
    lead.get_by_role("button", name="Create project").click()
    lead.wait_for_url(f"**{STUDY}steps/")

    open_page(lead, "Data", "Import")
    lead.locator("#file").set_input_files({"name": "study.zip", "mimeType": "application/zip", "buffer": data()})
    lead.get_by_role("button", name="Import").click()
    wait_for_job(lead)
    expect(lead.locator(".figures")).to_contain_text(re.compile(r"responses\s*36"))

    people = {}
    for name, role in PEOPLE.items():
        people[name] = sign_in(None)
        join(people[name], invite(lead, role), name)
    assert {name: score_everything(page, name) for name, page in people.items() if name != "quin"} == {
        "nina": 36,
        "omar": 36,
        "pia": 36,
    }
    decided = decide_everything(people["quin"])
    assert decided >= 12  # the responses to the first query of each category; some that nobody disputes are drawn beside

    lead.goto(STUDY)
    open_page(lead, "Releases")
    lead.get_by_role("link", name="Make a release").click()
    lead.get_by_label("Size of the check split").fill("8")
    lead.wait_for_load_state("networkidle")
    lead.get_by_role("button", name="Make release").click()
    wait_for_job(lead)
    lead.get_by_role("link", name="View release").click()
    with lead.expect_download() as downloading:
        lead.get_by_role("link", name="Download .zip").click()
    downloading.value.save_as(tmp_path / "release.zip")
    with zipfile.ZipFile(tmp_path / "release.zip") as archive:
        manifest = json.loads(archive.read("three-systems-1/manifest.json"))
        labels = [json.loads(line) for line in archive.read("three-systems-1/labels.jsonl").splitlines()]
    counts = manifest["counts"]
    assert (counts["agreed"] + counts["adjudicated"], len(labels)) == (36, 36)
    assert 12 <= counts["adjudicated"] <= decided

    open_page(lead, "Scorers")
    lead.locator("#file").set_input_files(DEMO / "scorer.json")
    lead.get_by_label("Name of the scorer").fill("judge")
    lead.get_by_role("button", name="Check", exact=True).click()
    wait_for_job(lead)
    lead.get_by_role("link", name="View scorer judge").click()
    expect(lead.get_by_role("heading", name="judge")).to_be_visible()

    open_page(lead, "Results")
    expect(lead.locator("main")).to_contain_text(re.compile(r"ember-2|larch-7b|quill-mm|tern-vl"))
    expect(lead.locator("main")).to_contain_text("36")
