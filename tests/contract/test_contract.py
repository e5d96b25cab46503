"""The same commands, URLs, JSON keys and file formats as are stored: others script against them."""

from pathlib import Path

import pytest

from tests.contract import demo, snapshot
from tests.contract.snapshot import differences


def test_the_api_has_the_paths_and_fields_that_are_stored() -> None:
    assert not (changed := differences("api", snapshot.api())), changed


def test_the_site_has_the_addresses_that_are_stored() -> None:
    assert not (changed := differences("urls", snapshot.urls())), changed


def test_the_commands_have_the_options_that_are_stored() -> None:
    assert not (changed := differences("commands", snapshot.commands())), changed


@pytest.mark.django_db
def test_the_demo_gives_the_files_and_keys_that_are_stored(tmp_path: Path) -> None:
    contents = demo.of_the_demo(tmp_path)
    assert not (changed := "\n".join(filter(None, map(differences, contents, contents.values())))), changed
