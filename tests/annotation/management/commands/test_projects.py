"""The commands that change a whole project: its overlap, its state, a copy; what is archived only some may name."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotation.models import Project, Query
from tests.factories import make_project, responses

pytestmark = pytest.mark.django_db


def ran(*arguments: str) -> Any:
    output = StringIO()
    call_command(*arguments, "--json", stdout=output, stderr=StringIO())
    return json.loads(output.getvalue())


def test_the_overlap_is_set_and_what_is_not_named_stays() -> None:
    responses(make_project(overlap=1), 2)
    assert ran("set_overlap", "2", "--larger-share", "1", "--larger-overlap", "3", "--project", "study")["slots_added"] == 4
    lowered = ran("set_overlap", "1", "--project", "study")
    assert (lowered["overlap"], lowered["larger_share"], lowered["larger_overlap"]) == (1, 1, 3)
    with pytest.raises(CommandError, match=r"^overlap: expected a whole number from 1 to 100, not `0`$"):
        ran("set_overlap", "0", "--project", "study")


def test_a_project_is_copied_with_its_data() -> None:
    responses(make_project(), 2)
    assert ran("copy_project", "second", "--project", "study", "--data")["counts"]["responses"] == 2
    assert Query.objects.filter(project__slug="second").count() == 2


def test_an_archived_project_is_read_and_not_changed_until_it_is_taken_back() -> None:
    make_project()
    assert ran("close_project", "--project", "study")["closed_at"]
    assert ran("archive_project", "--project", "study")["archived_at"]
    with pytest.raises(CommandError, match=r"^project: study is archived and can only be read$"):
        ran("set_overlap", "2", "--project", "study")
    assert ran("agreement", "--project", "study")["project"] == "study"
    ran("archive_project", "--undo", "--project", "study")
    ran("close_project", "--undo", "--project", "study")
    assert list(Project.objects.values_list("closed_at", "archived_at")) == [(None, None)]
