"""One release as a page: splits, agreement, who downloaded it, files."""

import re
from typing import Any

import pytest
from django.test import Client

from annotation.flow.release import download, retract
from annotation.models import Release
from tests.annotation.views.release.pages import text_of
from tests.factories import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made")]
PAGE = "/projects/study/releases/1/"
COUNTS = {
    "en": ["labelled", "incomplete", "awaiting adjudication", "marked unusable"],
    "zh-hans": ["已有标签", "未完成", "待仲裁", "已标为不可用"],
}


def section(page: str, name: str) -> str:
    return page[page.index(f'id="{name}"') :].partition("</section>")[0]


def test_the_splits_and_their_parts_are_those_of_the_manifest(lea: Client) -> None:
    page = lea.get(PAGE).content.decode()
    figures = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", section(page, "splits"), re.DOTALL)
    assert [(text_of(name), number) for name, number in figures] == [("train · 1 query", "1"), ("check · 1 query", "1")]
    rows = [text_of(row) for row in re.findall(r"<tr>(.*?)</tr>", section(page, "splits"), re.DOTALL)]
    parts = "1 100 % 1 100 % 2 100 %"
    assert rows == [
        "By category train check all",
        f"project-based-learning {parts}",
        "By system train check all",
        f"system-a {parts}",
    ]


def test_agreement_is_that_of_the_manifest_with_intervals(lea: Client, made: Release) -> None:
    page = lea.get(PAGE).content.decode()
    [group] = made.manifest["agreement"]
    alphas = {row["criterion"]: row["alpha"]["value"] for row in group["criteria"]}
    rows = [text_of(row) for row in re.findall(r"<tr>(.*?)</tr>", section(page, "agreement-1"), re.DOTALL)][1:]
    assert rows[0].startswith(f"Text {alphas['text']:.2f} ")
    assert [row.split()[0] for row in rows] == ["Text", "Images", "Overall", "Harm"]


@pytest.mark.parametrize("language", COUNTS)
def test_counts_are_said_in_the_readers_language(lea: Client, language: str) -> None:
    page = lea.get(PAGE, headers={"accept-language": language}).content.decode()
    names = re.findall(r"<dt>(.*?)</dt>", section(page, "counts"))
    assert names[:4] == COUNTS[language]


def test_reasons_lead_to_the_responses_that_were_left_out(lea: Client) -> None:
    reasons = re.findall(r'<a href="(.*?)">(.*?)</a></dt>\s*<dd>(\d+)</dd>', section(lea.get(PAGE).content.decode(), "left-out"))
    assert reasons == [
        (f"{PAGE}left-out/?reason=disputed", "awaiting adjudication", "1"),
        (f"{PAGE}left-out/?reason=not_judged", "incomplete", "1"),
    ]


def test_who_downloaded_it_is_listed(lea: Client, made: Release) -> None:
    assert "Nobody has downloaded it yet." in lea.get(PAGE).content.decode()
    download(release=made, by=make_member(made.project, "mia", "manager"))
    [line] = re.findall(r"<li>(.*?)</li>", section(lea.get(PAGE).content.decode(), "downloads"))
    assert text_of(line).startswith("mia ")


@pytest.mark.parametrize("part", ["", "labels/", "left-out/", "files/", "compare/"])
def test_a_retracted_release_says_so_on_each_of_its_pages(lea: Client, made: Release, part: str) -> None:
    assert "do not use it" not in lea.get(PAGE + part).content.decode()
    retract(release=made, reason="The <rubric> was wrong.")
    page = lea.get(PAGE + part).content.decode()
    assert "Release 1 is retracted: do not use it." in page
    assert "The &lt;rubric&gt; was wrong." in page
    assert "Download (retracted)" in page
    assert 'name="reason" rows' not in page


def test_files_have_their_sizes_and_hashes(lea: Client, made: Release) -> None:
    page = lea.get(f"{PAGE}files/").content.decode()
    rows = re.findall(r'<li>\s*<span>(.*?)</span>.*?<code class="digest">(.*?)</code>', page, re.DOTALL)
    assert rows == sorted(made.manifest["files"].items())


def test_a_release_that_is_not_there_is_not_found(lea: Client) -> None:
    answers: list[Any] = [
        lea.get(f"/projects/study/releases/2/{part}") for part in ("", "labels/", "left-out/", "files/", "compare/")
    ]
    assert [answer.status_code for answer in answers] == [404] * 5


@pytest.mark.parametrize("part", ["", "labels/", "left-out/", "files/", "compare/?with=1"])
def test_a_release_of_an_earlier_version_of_sixpoint_has_its_pages(lea: Client, made: Release, part: str) -> None:
    later = ("splits", "split_from", "left_out_counts", "options", "code_version", "sha256", "people")
    manifest = {key: value for key, value in made.manifest.items() if key not in later}
    manifest["split"] = {"train": 1, "check": 1}
    Release.objects.create(project=made.project, version=2, seed=0, manifest=manifest, made_at=made.made_at)
    answers = [lea.get(address) for address in (f"/projects/study/releases/2/{part}", "/projects/study/releases/")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "Release 2" in answers[0].content.decode()
