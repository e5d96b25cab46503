import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from config.translations import compile_changed
from tests.databases import process_database

compile_changed()  # the tests read what the catalogues say now
hypothesis_settings.register_profile("untimed", deadline=None)  # a busy machine is no fault
hypothesis_settings.load_profile("untimed")
NEAR = {"127.0.0.1", "::1", "localhost"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What has an installation comes first, for it takes longest: else the other workers would wait for it at the end.

    What touches no database, and what is marked with `once` as it uses both or hangs on none, says the same on each: the run on
    SQLite has it, and the run on PostgreSQL leaves it out.
    """
    items.sort(key=has_processes, reverse=True)
    if "DATABASE_URL" in os.environ:
        config.hook.pytest_deselected(items=[item for item in items if not touches_database(item)])
        items[:] = [item for item in items if touches_database(item)]


def has_processes(item: Any) -> bool:
    return bool({"installation", "own_database"} & set(vars(item.module)))


def touches_database(item: Any) -> bool:
    marked = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames)
    return (bool(marked) or has_processes(item)) and not item.get_closest_marker("once")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """In the place of pytest-django's, which would migrate in each process."""
    with process_database() as name:
        from django.db import connection  # late: Django is not set up when this file is read

        connection.settings_dict["NAME"] = name  # of the threads' connections too: they are made from the same settings
        with pytest.MonkeyPatch.context() as patch:
            if connection.vendor == "sqlite":
                patch.setattr(type(connection.ops), "execute_sql_flush", empty)
            yield
        with django_db_blocker.unblock():
            connection.close()


def empty(operations: Any, statements: list[str]) -> None:
    """Empties the tables after a test, also those of which nothing may be deleted. PostgreSQL truncates, past all triggers."""
    from django.db import transaction  # late: Django is not set up when this file is read

    with transaction.atomic(), operations.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%delete'")
        watching = cursor.fetchall()
        for statement in (*(f"DROP TRIGGER {name}" for name, _sql in watching), *statements, *(sql for _name, sql in watching)):
            cursor.execute(statement)


@pytest.fixture(autouse=True)
def own_images(tmp_path: Path, settings: Any) -> Path:
    """Each test stores its images in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "stored"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def no_kept_rubrics() -> None:
    """A test is rolled back, and the next one's rubric may have the same primary key and content with other criteria."""
    from rubrics.cache import cached_rubric  # late: Django is not set up when this file is read

    cached_rubric.cache_clear()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request leaves the reader's language active in its thread: the next test begins in English."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that asks another machine fails, and says which; this machine's own servers may be asked."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def near(host: Any) -> None:
        assert host in NEAR or host is None, f"a test asks {host!r}: nothing is fetched from the network"

    def connect_near(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            near(address[0])
        connect(self, address)

    def look_up_near(host: Any, *arguments: Any, **named: Any) -> Any:
        near(host)
        return look_up(host, *arguments, **named)

    monkeypatch.setattr(socket.socket, "connect", connect_near)
    monkeypatch.setattr(socket, "getaddrinfo", look_up_near)
