"""add_member says what somebody was before."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import make_project


def added(role: str) -> tuple[str, object]:
    output, messages = StringIO(), StringIO()
    call_command("add_member", "Uma", "--project", "study", "--role", role, "--create", "--json", stdout=output, stderr=messages)
    return messages.getvalue(), json.loads(output.getvalue())["former_role"]


@pytest.mark.django_db
def test_another_role_than_before_is_told_with_both() -> None:
    make_project()
    assert [added(role) for role in ("annotator", "annotator", "manager")] == [
        ("Uma: annotator\n", None),
        ("Uma: annotator\n", "annotator"),
        ("Uma: was annotator, is now manager\n", "annotator"),
    ]
