import json
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from rubrics.models import Rubric
from tests.factories import rubric_file

pytestmark = pytest.mark.django_db


def test_the_same_content_is_the_same_version_however_it_is_laid_out(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(rubric_file()))
    (tmp_path / "b.json").write_text(json.dumps(rubric_file(), indent=3))
    call_command("load_rubric", tmp_path / "a.yaml", tmp_path / "b.json", stderr=StringIO())
    assert list(Rubric.objects.values_list("slug", "version")) == [("small", 1)]


def test_one_bad_file_refuses_all(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(rubric_file()))
    (tmp_path / "b.yaml").write_text("slug: b")
    with pytest.raises(CommandError, match=r"b\.yaml: scale: expected keys with values"):
        call_command("load_rubric", tmp_path / "a.yaml", tmp_path / "b.yaml", stderr=StringIO())
    assert Rubric.objects.count() == 0
