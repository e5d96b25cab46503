"""Cohorts by command: made, set, filled and deleted."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotation.flow.cohorts import cohorts_of
from annotation.models import Project
from tests.factories import load, make_project, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project()
    load(project, [record(1, language="fr")])
    return project


def said(*arguments: str) -> str:
    """What the command says, or writes as JSON."""
    out = StringIO()
    call_command(*arguments, "--project", "study", stdout=out, stderr=out)
    return out.getvalue().strip()


def test_a_cohort_is_made_set_filled_and_deleted(project: Project) -> None:
    assert said("cohort", "experts") == "experts: categories all; languages all"
    assert said("add_member", "ana", "--role", "annotator", "--create", "--cohort", "experts") == "ana: annotator"
    assert said("cohort", "experts", "--language", "fr") == "experts: categories all; languages fr"
    expected: dict[str, Any] = {"name": "experts", "categories": [], "languages": ["fr"]}
    assert json.loads(said("cohort", "experts", "--language", "fr", "--json").partition("\n")[2]) == expected
    [row] = cohorts_of(project)
    assert row == {"id": row["id"], **expected, "members": ["ana"]}
    said("add_member", "ana", "--role", "annotator", "--cohort", "")
    assert cohorts_of(project)[0]["members"] == []
    assert said("cohort", "experts", "--delete") == "experts: deleted"
    assert cohorts_of(project) == []


def test_what_is_not_there_is_refused_and_nobody_is_made_for_it(project: Project) -> None:
    with pytest.raises(CommandError, match="there is no experts"):
        said("cohort", "experts", "--delete")
    with pytest.raises(CommandError, match="`experts` is not in this project"):
        said("add_member", "ana", "--role", "annotator", "--create", "--cohort", "experts")
    assert not project.memberships.exists()
