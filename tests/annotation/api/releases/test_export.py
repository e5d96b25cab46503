"""The export by API is that of the page."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from annotation.models import Project
from tests.factories import make_member

pytestmark = pytest.mark.django_db
EXPORT = "/api/v1/projects/study/export/"


def test_an_export_has_the_chosen_rows_and_says_that_it_is_no_release(lea: Client) -> None:
    answer: Any = lea.get(f"{EXPORT}?state=disputed&state=agreed&person=ana")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert sorted(files) == ["NOT-A-RELEASE.txt", "decisions.csv", "ratings.csv", "remarks.csv", "responses.csv"]
    assert [line.split(",")[0] for line in files["responses.csv"].splitlines()[1:]] == ["PBL-0001", "PBL-0002", "PBL-0003"]
    assert "ana," not in files["ratings.csv"]


@pytest.mark.parametrize("query", ["state=odd", "person=nobody", "times=perhaps"])
def test_what_cannot_be_exported_is_refused_as_json(lea: Client, query: str) -> None:
    answer = lea.get(f"{EXPORT}?{query}", headers={"accept": "application/zip"})
    assert (answer.status_code, list(answer.json())) == (400, ["detail"])


@pytest.mark.parametrize("role", ["annotator", "adjudicator"])
def test_nobody_but_a_manager_exports(client: Client, project: Project, role: str) -> None:
    client.force_login(make_member(project, "sly", role))
    assert client.get(EXPORT).status_code == 404
