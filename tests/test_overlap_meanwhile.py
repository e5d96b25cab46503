"""The annotators per response change in the very moment in which somebody gives a slot back: the numbers are exact all the same.

Each test holds one transaction open after its writes, and lets the other begin meanwhile: on PostgreSQL it goes on until it meets
a row that the first has locked. On SQLite it would not begin before the first is done, so there one comes after the other.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from annotation.flow.overlap import set_overlap
from annotation.flow.score import concerns
from annotation.models import Assignment, Project, Task, User
from tests.factories import claim_task, judge, make_member, make_project, responses

pytestmark = pytest.mark.django_db(transaction=True)
A_WHILE = 1.0  # seconds in which the second would be done if nothing kept it waiting


@contextmanager
def in_a_thread(work: Callable[[], object]) -> Iterator[Thread]:
    """Begun, and joined at the end; an error in it is one of the test."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    yield thread
    thread.join(timeout=30)
    assert (thread.is_alive(), errors) == (False, [])


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> None:
    """The second begins when the first has written, and the first commits when the second is done or waits."""
    if connection.vendor == "sqlite":
        first()
        second()
        return
    written, go_on = Event(), Event()

    def held_open() -> None:
        with transaction.atomic():
            first()
            written.set()
            go_on.wait(timeout=30)

    with in_a_thread(held_open):
        assert written.wait(timeout=30)
        with in_a_thread(second) as thread:
            thread.join(timeout=A_WHILE)
            go_on.set()


def skip(task: Task, by: User) -> None:
    concerns.skip(assignment=Assignment.objects.get(task=task, annotator=by).pk, by=by, reason="Not mine.")


def begun(overlap: int, holding: int) -> tuple[Project, Task, list[User]]:
    """A response that one has judged and others hold."""
    project = make_project(overlap=overlap)
    [task] = responses(project)
    judge(task, make_member(project, "ana"))
    people = [make_member(project, name) for name in ("bo", "cai")[:holding]]
    for user in people:
        claim_task(task, user)
    return project, task, people


def left() -> list[int]:
    return list(Assignment.objects.not_withdrawn().order_by("number").values_list("number", flat=True))


def test_a_slot_that_is_given_back_while_the_number_falls_is_not_left_over() -> None:
    project, task, [bo] = begun(overlap=2, holding=1)
    meanwhile(lambda: skip(task, bo), lambda: set_overlap(project=project, changes={"overlap": 1}))
    assert left() == [1]


def test_a_slot_that_is_given_back_while_the_number_rises_is_not_missing() -> None:
    project, task, [bo] = begun(overlap=2, holding=1)
    set_overlap(project=project, changes={"overlap": 1})
    meanwhile(lambda: skip(task, bo), lambda: set_overlap(project=project, changes={"overlap": 2}))
    assert left() == [1, 3]


def test_two_who_give_back_at_once_after_the_number_fell_take_one_slot_with_them() -> None:
    project, task, [bo, cai] = begun(overlap=3, holding=2)
    set_overlap(project=project, changes={"overlap": 2})
    meanwhile(lambda: skip(task, bo), lambda: skip(task, cai))
    assert len(left()) == 2
