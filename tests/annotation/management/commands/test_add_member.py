"""add_member says what somebody was before."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import make_project


def added(*roles: str) -> tuple[str, object]:
    output, messages = StringIO(), StringIO()
    given = [word for role in roles for word in ("--role", role)]
    call_command("add_member", "Uma", "--project", "study", *given, "--create", "--json", stdout=output, stderr=messages)
    told = json.loads(output.getvalue())
    assert told["role"] == told["roles"][0]
    return messages.getvalue(), told["former_role"]


@pytest.mark.django_db
def test_another_role_than_before_is_told_with_both() -> None:
    make_project()
    assert [added(role) for role in ("annotator", "annotator", "manager")] == [
        ("Uma: annotator\n", None),
        ("Uma: annotator\n", "annotator"),
        ("Uma: was annotator, is now manager\n", "annotator"),
    ]


@pytest.mark.django_db
def test_the_roles_that_are_named_take_the_place_of_all_before() -> None:
    make_project()
    told = [added("manager"), added("adjudicator", "manager"), added("manager", "adjudicator"), added("expert")]
    assert told == [
        ("Uma: manager\n", None),
        ("Uma: was manager, is now manager, adjudicator\n", "manager"),
        ("Uma: manager, adjudicator\n", "manager"),
        ("Uma: was manager, adjudicator, is now expert\n", "manager"),
    ]
