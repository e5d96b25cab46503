"""A response's history holds everything that happened to it, each thing once, in its order."""

from typing import Any

import pytest

from annotation.flow.history import history_of
from annotation.models import Project, Task
from tests.annotation.flow.history.told import eventful, skipped, told
from tests.factories import load, record

pytestmark = pytest.mark.django_db


def test_everything_that_happened_is_told_once_in_its_order(project: Project) -> None:
    task = eventful(project)
    assert told(task) == [
        ("items_loaded", None, None),
        *(step for who in ("uma", "vic", "wei") for step in [("claimed", who, None), ("submitted", who, None)]),
        ("flagged", "uma", None),
        ("flag_settled", "lea", "uma"),
        ("sent_back", "lea", "uma"),
        ("revised", "uma", None),
        ("case_claimed", "ada", None),
        ("case_scored_blind", "ada", None),
        ("adjudicated", "ada", None),
    ]


def test_a_response_has_nothing_of_another(project: Project) -> None:
    eventful(project)
    task = skipped(project)
    assert told(task) == [("items_loaded", None, None), ("claimed", "ana", None), ("skipped", "ana", None)]


@pytest.mark.parametrize("more", [0, 3])
def test_a_history_costs_the_same_however_long_it_is(project: Project, more: int, django_assert_num_queries: Any) -> None:
    task = eventful(project)
    for number in range(more):
        load(project, [record(10 + number)])
    read = Task.objects.select_related("project", "response").get(pk=task.pk)
    with django_assert_num_queries(27):
        assert len(history_of(read)) == 14
