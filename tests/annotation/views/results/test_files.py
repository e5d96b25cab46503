from xml.etree import ElementTree

import pytest
from django.test import Client

from annotation.flow.results import results_report
from annotation.flow.results.files import csv_of, pictures_of, text_of
from annotation.models import Project
from tests.annotation.flow.results.studies import make_study
from tests.factories import make_user

pytestmark = pytest.mark.django_db
FILE = "/projects/study/results/file/"


@pytest.fixture
def lea(client: Client) -> Client:
    make_study()
    client.force_login(make_user("lea", password=None))
    return client


def test_a_file_is_that_of_the_report(lea: Client) -> None:
    report = results_report(Project.objects.get(), labels="fair")
    wanted = {
        "csv": (csv_of(report).decode(), "text/csv; charset=utf-8", "study-results.csv"),
        "markdown": (text_of(report, "markdown"), "text/markdown; charset=utf-8", "study-results.md"),
        "latex": (text_of(report, "latex"), "application/x-tex; charset=utf-8", "study-results.tex"),
    }
    for form, (content, kind, name) in wanted.items():
        answer = lea.get(FILE, {"form": form, "labels": "fair"})
        assert (answer.text, answer["Content-Type"]) == (content, kind)
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_picture_is_a_file(lea: Client) -> None:
    answer = lea.get(FILE, {"picture": "small@1"})
    assert answer["Content-Disposition"] == 'attachment; filename="study-small-1.svg"'
    assert answer.text == pictures_of(results_report(Project.objects.get()))["small@1"]
    ElementTree.fromstring(answer.text)


@pytest.mark.parametrize("query", ["?form=pdf", "?picture=moon", "?release=7"])
def test_what_is_not_there_is_not_found(lea: Client, query: str) -> None:
    assert lea.get(FILE + query).status_code == 404
