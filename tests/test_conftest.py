"""What the tests themselves stand on: no network, and data that is nobody's."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings


def test_another_machine_is_not_asked() -> None:
    with pytest.raises(AssertionError, match=r"a test asks '192\.0\.2\.1'"), socket.socket() as out:
        out.connect(("192.0.2.1", 80))
    with pytest.raises(AssertionError, match=r"a test asks 'example\.org'"):
        socket.create_connection(("example.org", 80))


def test_this_machine_may_be_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as out:
        assert out.getpeername() == server.getsockname()


def test_the_data_of_the_tree_is_left_alone(settings: Any, tmp_path: Path) -> None:
    tree = Path(__file__).resolve().parents[1]
    assert not django_settings.DATA_DIR.is_relative_to(tree)
    assert settings.MEDIA_ROOT.is_relative_to(tmp_path)


def test_what_touches_no_database_is_left_out_on_postgresql() -> None:
    assert "DATABASE_URL" not in os.environ  # where this would be run too
