from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext

from annotation.models import Membership, Project, Task, User
from annotation.sql.compiled import CompiledQuery
from tests.factories import make_member, make_project, responses

pytestmark = pytest.mark.django_db


def membership(project: str, user: int) -> QuerySet[Membership]:
    return Membership.objects.select_related("user").filter(project__slug=project, user=user).order_by()


@pytest.fixture
def people() -> list[User]:
    one, two = make_project(), make_project(slug="other", rubrics=["small"])
    return [make_member(one, "ana"), make_member(one, "bo"), make_member(two, "chen")]


def test_it_gives_what_the_query_gives_for_each_of_many_values(people: list[User]) -> None:
    compiled = CompiledQuery(membership)
    asked = [(slug, user.pk) for slug in ("study", "other", "placeholder 0", "%s") for user in people]
    assert [compiled(*values) for values in asked] == [list(membership(*values)) for values in asked]
    assert [membership.user.username for membership in compiled("study", people[1].pk)] == ["bo"]


def test_it_asks_the_same_as_the_query_and_asks_each_time(people: list[User]) -> None:
    compiled = CompiledQuery(membership)
    with CaptureQueriesContext(connection) as asked:
        list(membership("study", people[0].pk))
        compiled("study", people[0].pk)
        compiled("study", people[0].pk)
    assert {query["sql"] for query in asked.captured_queries} == {asked.captured_queries[0]["sql"]}
    assert len(asked) == 3
    Membership.objects.filter(user=people[0]).delete()
    assert compiled("study", people[0].pk) == []
    assert compiled.first("study", people[0].pk) is None


def test_each_thread_builds_the_query_once(people: list[User]) -> None:
    built = []

    def rows(user: int) -> QuerySet[Membership]:
        built.append(user)
        return Membership.objects.filter(user=user)

    compiled = CompiledQuery(rows)

    def ask_twice() -> None:
        compiled.rows(1)
        compiled.rows(2)

    ask_twice()
    thread = Thread(target=ask_twice)
    thread.start()
    thread.join()
    assert len(built) == 2


def test_values_and_annotations_come_as_the_query_gives_them(people: list[User]) -> None:
    def slugs(user: int) -> QuerySet[Membership, Any]:
        return Membership.objects.filter(user=user).annotate(slug=F("project__slug")).values_list("slug", "role", "added_at")

    assert CompiledQuery(slugs)(people[2].pk) == list(slugs(people[2].pk))


def test_blocks_come_as_lists(people: list[User]) -> None:
    [task] = responses(Project.objects.get(slug="study"))
    compiled = CompiledQuery(lambda task: Task.objects.select_related("response__query").filter(pk=task))
    assert [task.response.query.blocks for task in compiled(task.pk)] == [[{"text": "Question 1", "image": None}]]


def test_no_row_has_a_key_that_no_database_can_hold(people: list[User]) -> None:
    assert CompiledQuery(membership)("study", 2**63) == []


@pytest.mark.parametrize("value", ["study", 7])
def test_a_query_that_changes_what_it_is_given_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="as it is given"):
        CompiledQuery(lambda value: Membership.objects.filter(user__username=value * 2))(value)
