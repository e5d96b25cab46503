"""A load writes the words of what it adds, once."""

import pytest

from annotation.models import SearchEntry
from tests.factories import load, make_project, record

pytestmark = pytest.mark.django_db


def test_each_new_query_and_response_has_its_words_and_a_second_load_adds_none() -> None:
    project = make_project(overlap=1)
    records = [record(1, gt_answer=[{"text": "Right", "image": None}]), record(1, model="system-b")]
    for _time in range(2):
        load(project, [one | {"gt_answer": records[0]["gt_answer"]} for one in records])
    assert list(SearchEntry.objects.values_list("query__external_id", "response__system", "words")) == [
        ("PBL-0001", None, "pbl 0001 question 1 right"),
        ("PBL-0001", "system-a", "answer 1"),
        ("PBL-0001", "system-b", "answer 1"),
    ]
