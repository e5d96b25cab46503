"""Waiting for a lock keeps no other thread waiting, and ends when its time is over."""

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import ConnectionHandler, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from config.database import database_settings


@pytest.fixture
def connections(tmp_path: Path, django_db_blocker: Any) -> Iterator[ConnectionHandler]:
    """Of each thread its own, to a database of the test's own."""
    settings: Any = database_settings(f"sqlite:///{tmp_path}/database.sqlite3", serving=False)
    handler = ConnectionHandler({"default": settings})
    with django_db_blocker.unblock():
        with handler["default"].cursor() as cursor:
            cursor.execute("CREATE TABLE fact (words TEXT)")
        yield handler
        handler.close_all()


def begin(connection: BaseDatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection: BaseDatabaseWrapper) -> None:
    connection.commit()
    connection.set_autocommit(True)


def test_whoever_has_the_lock_collects_cursors_of_those_who_wait_for_it(connections: ConnectionHandler) -> None:
    """Inside SQLite they would wait for each other, until the other gives up."""
    writer, waits, left = connections["default"], Event(), []

    def write() -> int:
        connection = connections["default"]
        connection.ensure_connection()
        left.append(connection.connection.execute("SELECT 1 UNION SELECT 2"))  # not read to its end
        waits.set()
        try:
            with connection.cursor() as insert:
                insert.execute("INSERT INTO fact VALUES ('of the thread')")
                return int(insert.rowcount)
        finally:
            connection.close()

    gc.disable()  # it is collected below, and nowhere else
    try:
        begin(writer)
        with ThreadPoolExecutor(1) as pool:
            written = pool.submit(write)
            waits.wait(30)
            with pytest.raises(TimeoutError):
                written.result(timeout=0.5)  # it has begun to wait
            garbage: list[Any] = [left.pop()]
            garbage.append(garbage)
            del garbage
            gc.collect()
            assert not written.done()
            end(writer)
            assert written.result(timeout=30) == 1
    finally:
        gc.enable()


@pytest.mark.parametrize("many", [False, True])
def test_a_statement_is_carried_out_once_the_lock_is_given_back(connections: ConnectionHandler, many: bool) -> None:
    writer, texts = connections["default"], (["first"], ["second"])

    def write() -> None:
        with connections["default"].cursor() as cursor:
            if many:
                cursor.executemany("INSERT INTO fact VALUES (%s)", iter(texts))
            else:
                cursor.execute("INSERT INTO fact VALUES (%s)", texts[0])
        connections["default"].close()

    begin(writer)
    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(write)
        with pytest.raises(TimeoutError):
            written.result(timeout=0.3)
        end(writer)
        written.result(timeout=30)
    with writer.cursor() as cursor:
        cursor.execute("SELECT words FROM fact")
        assert cursor.fetchall() == [tuple(text) for text in texts[: 1 + many]]


def test_who_waits_gives_up_when_the_time_is_over(connections: ConnectionHandler) -> None:
    writer = connections["default"]

    def write() -> None:
        connection = connections["default"]
        connection.settings_dict = {
            **connection.settings_dict,
            "OPTIONS": {**connection.settings_dict["OPTIONS"], "timeout": 0.1},
        }
        try:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO fact VALUES ('never')")
        finally:
            connection.close()

    begin(writer)
    with ThreadPoolExecutor(1) as pool, pytest.raises(OperationalError, match="database is locked"):
        pool.submit(write).result(timeout=30)
    end(writer)


def test_another_error_is_told_at_once(connections: ConnectionHandler) -> None:
    with pytest.raises(OperationalError, match="no such table"), connections["default"].cursor() as cursor:
        cursor.execute("INSERT INTO nowhere VALUES (1)")
