"""The list of releases: what was made, by whom, how it stands, and what to do next where there is none."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from annotation.flow.jobs import queue
from annotation.flow.release import Options, release, retract
from annotation.models import Job, Project, Release
from tests.annotation.views.release.pages import text_of
from tests.factories import judged, make_member, make_project

RELEASES = "/projects/study/releases/"


def opened(client: Client, **more: Any) -> str:
    return client.get(RELEASES, **more).content.decode()


@pytest.mark.django_db
def test_a_release_is_listed_with_its_maker_counts_and_state(lea: Client, made: Release) -> None:
    page = opened(lea)
    [row] = re.findall(r"<li>(.*?)</li>", page[page.index('id="list"') :], re.DOTALL)
    day = text_of(row).split("lea, ")[1].split(" 2 labels")[0]
    assert text_of(row) == f"Release 1 made lea, {day} 2 labels (train 1, check 1) · Download .zip"
    assert 'href="/projects/study/releases/1/download/"' in row


@pytest.mark.django_db
def test_a_retracted_release_says_so_with_its_reason(lea: Client, made: Release) -> None:
    retract(release=made, reason="Wrong <rubric>.", by=None)
    page = opened(lea)
    [row] = re.findall(r"<li>(.*?)</li>", page[page.index('id="list"') :], re.DOTALL)
    assert text_of(row).startswith("Release 1 retracted lea, ")
    assert unescape(text_of(row)).endswith("Download .zip Wrong <rubric>.")
    assert ">made<" not in page


@pytest.mark.django_db
def test_a_release_whose_files_a_command_wrote_cannot_be_downloaded_here(lea: Client, project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out")
    page = opened(lea)
    assert ("its files are in the folder that a command wrote" in page, "/download/" in page) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ratings", "next_step"),
    [
        ([[4, 4, 5]], ("1 response has a label.", "/projects/study/releases/new/")),
        ([[1, 1, 6]], ("Disputes have to be decided first.", "/projects/study/adjudication/list/")),
        ([[2, 2, None]], ("A label needs the scores of all its annotators.", "/projects/study/")),
    ],
)
def test_without_a_release_the_page_names_the_next_step(client: Client, ratings: Any, next_step: tuple[str, str]) -> None:
    project = make_project()
    judged(project, ratings)
    client.force_login(make_member(project, "lea", "manager"))
    page = opened(client)
    [empty] = re.findall(r'<section class="card empty-state">(.*?)</section>', page, re.DOTALL)
    [address] = re.findall(r'href="(.*?)"', empty)
    assert (next_step[0] in text_of(empty), address) == (True, next_step[1])


@pytest.mark.django_db
def test_a_release_that_is_being_made_is_shown_with_its_job(
    lea: Client, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "run_later", lambda job: None)
    job = queue.start_release(project=project, options=Options())
    assert f'<a href="/jobs/{job.pk}/">A release is being made</a>' in opened(lea)
    Job.objects.update(ended_at=job.made_at, outcome="cancelled")
    assert "A release is being made" not in opened(lea)


@pytest.mark.django_db
def test_jobs_of_releases_are_listed_with_the_releases_and_those_of_loads_with_the_imports(
    lea: Client, project: Project, made: Release
) -> None:
    release_job = Job.objects.get(project=project)
    load_job = Job.objects.create(project=project, kind=Job.Kind.LOAD_ITEMS, file_name="items.json")
    addresses = {page: set(re.findall(r'href="(/jobs/\d+/)"', lea.get(f"/projects/study/{page}/").content.decode()))
                 for page in ("releases", "material")}  # fmt: skip
    assert addresses == {"releases": {f"/jobs/{release_job.pk}/"}, "material": {f"/jobs/{load_job.pk}/"}}


@pytest.mark.django_db
def test_the_page_speaks_the_readers_language(lea: Client, made: Release) -> None:
    page = opened(lea, headers={"accept-language": "zh-hans"})
    assert re.findall(r'<dl class="figures">.*?<dt>(.*?)</dt>', page, re.DOTALL) == ["已有标签"]
