"""A release is downloaded, which is recorded, and retracted with a reason."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from annotation.flow.release import Options, release
from annotation.models import Download, Project, Release, Retraction
from tests.factories import make_member

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/releases/1/"


def test_a_download_is_the_whole_release_and_is_recorded(lea: Client, made: Release) -> None:
    answer: Any = lea.get(f"{PAGE}download/")
    content = b"".join(answer.streaming_content)
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition", "Content-Length", "Cache-Control")} == {
        "Content-Type": "application/zip",
        "Content-Disposition": 'attachment; filename="study-1.zip"',
        "Content-Length": str(len(content)),
        "Cache-Control": "private, no-store",
    }
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {name.removeprefix("study-1/") for name in archive.namelist()}
    assert names == {*made.manifest["files"], "manifest.json"}
    assert list(Download.objects.values_list("release__version", "by__username")) == [(1, "lea")]


@pytest.mark.parametrize("role", ["annotator", "adjudicator"])
def test_nobody_but_a_manager_downloads_or_retracts(client: Client, made: Release, role: str) -> None:
    client.force_login(make_member(made.project, "sly", role))
    answers = [client.get(f"{PAGE}download/"), client.post(f"{PAGE}retract/", {"reason": "because"})]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert (Download.objects.count(), Retraction.objects.count()) == (0, 0)


def test_a_head_request_records_no_download(lea: Client, made: Release) -> None:
    assert lea.head(f"{PAGE}download/").status_code == 405
    assert Download.objects.count() == 0


def test_what_is_not_stored_is_told_on_its_page(lea: Client, project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    answer: Any = lea.get(f"{PAGE}download/", follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "The files of release 1 are not stored here." in answer.content.decode()


def test_a_retraction_needs_a_reason_and_happens_once(lea: Client, made: Release) -> None:
    answer = lea.post(f"{PAGE}retract/", {"reason": " "})
    assert (answer.status_code, "Say why you retract it." in answer.content.decode()) == (400, True)
    assert Retraction.objects.count() == 0
    answer = lea.post(f"{PAGE}retract/", {"reason": " Wrong images. "}, follow=True)
    assert "Release 1 is retracted." in answer.content.decode()
    assert list(Retraction.objects.values_list("by__username", "reason")) == [("lea", "Wrong images.")]
    again = lea.post(f"{PAGE}retract/", {"reason": "Twice."}, follow=True)
    assert "Release 1 is retracted already." in again.content.decode()


def test_the_download_of_a_retracted_release_says_so_in_its_name_a_header_and_a_file(lea: Client, made: Release) -> None:
    lea.post(f"{PAGE}retract/", {"reason": "Wrong images."})
    answer: Any = lea.get(f"{PAGE}download/")
    content = b"".join(answer.streaming_content)
    day = Retraction.objects.get().at.date().isoformat()
    assert answer["Content-Disposition"] == 'attachment; filename="RETRACTED-study-1.zip"'
    assert answer["X-Release-Retracted"] == day
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("study-1/RETRACTED.txt").decode().endswith(f"on {day}: Wrong images.\n")
