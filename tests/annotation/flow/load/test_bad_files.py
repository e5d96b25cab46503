"""Each file of fixtures/bad through the command. The API and the page are in tests/annotation/test_uploads.py."""

import io
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from rubrics.versioning import load
from rubrics.yaml import read
from tests.factories import make_project

ROOT = Path(__file__).resolve().parents[4]
BAD = ROOT / "fixtures" / "bad"
MESSAGES: dict[str, str] = json.loads((BAD / "messages.json").read_text(encoding="utf-8"))


def everything() -> dict[str, int]:
    """How many rows there are of each model."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_every_bad_file_has_its_message() -> None:
    others = {"make.py", "messages.json"}
    assert sorted(MESSAGES) == sorted(path.name for path in BAD.iterdir() if path.is_file() and path.name not in others)


@pytest.mark.django_db
@pytest.mark.parametrize("name", MESSAGES)
def test_a_bad_file_is_refused_with_its_message_and_nothing_is_stored(name: str, own_images: Path) -> None:
    rubrics = [load(content=read(path))[0].name for path in sorted((ROOT / "fixtures" / "rubrics").glob("mmie-*.yaml"))]
    make_project(rubrics=rubrics)
    before, output = everything(), io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("load_items", str(BAD / name), project="study", json=True, stdout=output)
    assert str(caught.value) == MESSAGES[name]
    rejected = json.loads(output.getvalue())["rejected"] if output.getvalue() else []
    assert len(rejected) == (": record " in MESSAGES[name])
    assert everything() == before
    assert [path for path in own_images.rglob("*") if path.is_file()] == []
