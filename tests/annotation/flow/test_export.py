"""An export holds what is there now, whole or by part, and says that it is no release."""

import csv
import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotation.errors import Refused
from annotation.flow.export import NAMES, Selection, export
from annotation.models import Event, Project
from tests.factories import judge, judged, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    """Agreed, disputed, and not judged by all; one more system in another field, judged by nobody."""
    project = make_project()
    judged(project, [[4, 4, {"text": 5, "feedback": "=fine"}], [1, 1, 6], [2, None, None]])
    load(project, [record(9, model="system-z", field="art")])
    return project


def tables(project: Project, *, names: bool = True, times: bool = False, **selection: list[str]) -> dict[str, Any]:
    """The rows of each table, and the notice as a text."""
    stream = export(project=project, selection=Selection(**selection), names=names, times=times)
    with zipfile.ZipFile(io.BytesIO(b"".join(stream))) as file:
        texts = {name: file.read(name).decode() for name in file.namelist()}
    notice = texts.pop("NOT-A-RELEASE.txt")
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts.items()} | {"notice": notice}


def responses(project: Project, **selection: list[str]) -> list[str]:
    return [row["id"] for row in tables(project, **selection)["responses.csv"]]


def test_an_export_has_all_responses_as_they_are_and_says_what_it_is(project: Project) -> None:
    every = tables(project)
    columns = ("id", "system", "field", "judgements", "state", "overall", "score", "question", "response")
    assert [tuple(row[column] for column in columns) for row in every["responses.csv"]] == [
        ("PBL-0001", "system-a", "", "3", "agreed", "4.333333333333333", "4", "Question 1", "Answer 1"),
        ("PBL-0002", "system-a", "", "3", "disputed", "", "", "Question 2", "Answer 2"),
        ("PBL-0003", "system-a", "", "1", "not_judged", "", "", "Question 3", "Answer 3"),
        ("PBL-0009", "system-z", "art", "0", "not_judged", "", "", "Question 9", "Answer 9"),
    ]
    assert len(every["ratings.csv"]) == 7 * 3
    assert {row["annotator"] for row in every["ratings.csv"]} == {"ana", "bo", "chen"}
    assert {row["comment"] for row in every["ratings.csv"]} == {"", "'=fine"}
    assert (every["remarks.csv"], every["decisions.csv"]) == ([], [])
    assert every["notice"].startswith("This is an export, not a release.\n")
    assert every["notice"].endswith("Responses: 4 (all).\n")


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({"category": ["project-based-learning"]}, ["PBL-0001", "PBL-0002", "PBL-0003", "PBL-0009"]),
        ({"category": ["elsewhere"]}, []),
        ({"field": ["art"]}, ["PBL-0009"]),
        ({"system": ["system-a"], "state": ["not_judged"]}, ["PBL-0003"]),
        ({"state": ["agreed", "disputed"]}, ["PBL-0001", "PBL-0002"]),
        ({"person": ["bo"]}, ["PBL-0001", "PBL-0002"]),
        ({"person": ["bo"], "state": ["disputed"]}, ["PBL-0002"]),
    ],
)
def test_a_selection_is_exported_alone(project: Project, selection: dict[str, list[str]], expected: list[str]) -> None:
    part = tables(project, **selection)
    assert [row["id"] for row in part["responses.csv"]] == expected
    assert {row["id"] for row in part["ratings.csv"]} <= set(expected)


def test_the_rows_of_a_person_are_theirs_alone(project: Project) -> None:
    part = tables(project, person=["bo"])
    assert [(row["id"], row["annotator"]) for row in part["ratings.csv"]] == [("PBL-0001", "bo")] * 3 + [("PBL-0002", "bo")] * 3
    assert "Responses: 2 (person: bo)." in part["notice"]


def test_who_exported_what_is_recorded(project: Project) -> None:
    lea = make_member(project, "lea", "manager")
    export(project=project, selection=Selection(state=["disputed"], person=["bo"]), times=True, by=lea)
    export(project=project, selection=Selection(), names=True)
    with pytest.raises(Refused):
        export(project=project, selection=Selection(person=["nobody"]), by=lea)
    recorded = Event.objects.filter(project=project, verb="exported").order_by("pk").values_list("by", "data")
    assert list(recorded) == [
        (lea.pk, {"responses": 1, "filter": {"person": ["bo"], "state": ["disputed"]}, "names": False, "times": True}),
        (None, {"responses": 4, "filter": {}, "names": True, "times": False}),
    ]


def test_people_have_pseudonyms_and_times_are_days_unless_asked(project: Project) -> None:
    hidden, shown = tables(project, names=False), tables(project, times=True)
    assert {len(row["annotator"]) for row in hidden["ratings.csv"]} == {13}
    assert {len(row["submitted_at"]) for row in hidden["ratings.csv"]} == {10}
    assert {len(row["submitted_at"]) for row in shown["ratings.csv"]} == {20}


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        ({"person": ["ana", "zoe", "elsewhere"]}, "person: nobody here is called elsewhere, zoe"),
        (
            {"state": ["done"]},
            "state: done is unknown; expected agreed, adjudicated, not_judged, disputed, unusable, not_applicable, changed, "
            "revised",
        ),
    ],
)
def test_an_unknown_value_is_refused(project: Project, selection: dict[str, list[str]], message: str) -> None:
    make_member(make_project(slug="other", rubrics=["small"]), "elsewhere")
    with pytest.raises(Refused) as refused:
        tables(project, **selection)
    assert str(refused.value) == message


def test_the_number_of_queries_does_not_grow_with_the_responses(project: Project) -> None:
    def queries() -> int:
        tables(project)  # fills the caches
        with CaptureQueriesContext(
            connection,
        ) as captured:
            tables(project)
        return len(captured)

    before = queries()
    load(project, [record(number) for number in range(20, 60)])
    for user in (make_member(project, "ana"), make_member(project, "bo")):
        judge(project.tasks.get(response__query__external_id="PBL-0020"), user)
    assert queries() == before
    assert set(NAMES) == {"category", "field", "system", "person", "state"}
