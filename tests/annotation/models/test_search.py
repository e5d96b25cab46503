"""Queries and responses are found by their words, in Chinese too, on both databases alike."""

from typing import Any

import pytest
from django.db import connection

from annotation.models import Project, Query, Response, SearchEntry
from tests.factories import block, load, make_project, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project(overlap=1)
    boat = record(1, question=[block("How do I fold a paper boat?")], answer=[block("Fold the sheet in half.")])
    tea = record(2, question=[block("如何用纸折一只小船？")], answer=[block("先把纸对折，再打开。")])
    sums = record(3, question=[block("What is 12 x 12?")], answer=[block("It is 144: O'Brien's “rule” & more.")])
    load(project, [boat, tea, sums | {"gt_answer": [block("One gross")]}])
    return project


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("fold", ["PBL-0001"]),
        ("FOLD pap", ["PBL-0001"]),
        ("fold sheet", ["PBL-0001"]),  # both in the response
        ("boat sheet", []),  # one in the question, one in the response
        ("折一只", ["PBL-0002"]),
        ("船", ["PBL-0002"]),
        ("对折", ["PBL-0002"]),
        ("折船", []),
        ("144", ["PBL-0003"]),
        ("o'brien", ["PBL-0003"]),
        ("gross", ["PBL-0003"]),
        ("PBL-0002", ["PBL-0002"]),
        ("pbl", ["PBL-0001", "PBL-0002", "PBL-0003"]),
        ("'\"*:&|!()", []),
        ("boat' | 'gross", []),
    ],
)
def test_a_query_is_found_by_the_words_of_its_question_and_of_its_responses(project: Project, text: str, ids: list[str]) -> None:
    assert list(Query.objects.matching(text).order_by("external_id").values_list("external_id", flat=True)) == ids


def test_a_response_is_found_by_its_own_words(project: Project) -> None:
    assert [response.query.external_id for response in Response.objects.matching("sheet")] == ["PBL-0001"]
    assert list(Response.objects.matching("boat")) == []


def test_the_index_follows_its_rows(project: Project) -> None:
    entry = SearchEntry.objects.get(query__external_id="PBL-0001", response=None)
    SearchEntry.objects.filter(pk=entry.pk).update(words="something else")
    assert list(Query.objects.matching("boat")) == []
    assert list(Query.objects.matching("something")) == [entry.query]
    entry.delete()
    assert list(Query.objects.matching("something")) == []


def test_a_word_that_every_text_has_is_looked_up_in_the_index(project: Project) -> None:
    """To read all rows instead would cut each text into words again."""
    queries = Query.objects.bulk_create(Query(project=project, external_id=f"Q{number}", blocks=[]) for number in range(500))
    SearchEntry.objects.bulk_create(SearchEntry(query=query, words="the same words") for query in queries)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT procost FROM pg_proc WHERE proname = 'search_vector'")
            assert cursor.fetchall() == [(100,)]  # so that the planner does not call it for each row
            cursor.execute("SET LOCAL enable_seqscan = off")  # what other tests rolled back makes the index look large
    plan: Any = SearchEntry.objects.matching("same").order_by().explain()
    index = {"sqlite": "annotation_searchwords VIRTUAL TABLE INDEX", "postgresql": "Bitmap Index Scan on search_entry_words"}
    assert (Query.objects.matching("same").count(), index[connection.vendor] in plan) == (500, True)
