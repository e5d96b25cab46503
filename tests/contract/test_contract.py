"""The same commands, URLs, JSON keys and file formats as are stored: others script against them."""

from pathlib import Path

import pytest

from tests.contract import demo, snapshot


def test_the_api_has_the_paths_and_fields_that_are_stored() -> None:
    assert snapshot.api() == snapshot.stored("api")


def test_the_site_has_the_addresses_that_are_stored() -> None:
    assert snapshot.urls() == snapshot.stored("urls")


def test_the_commands_have_the_options_that_are_stored() -> None:
    assert snapshot.commands() == snapshot.stored("commands")


@pytest.mark.django_db
def test_the_demo_gives_the_files_and_keys_that_are_stored(tmp_path: Path) -> None:
    names = ("release", "export", "documents")
    assert demo.of_the_demo(tmp_path) == {name: snapshot.stored(name) for name in names}
