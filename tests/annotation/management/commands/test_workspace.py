import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_project

pytestmark = pytest.mark.django_db
MMIE = ["Cross-modality coherence", "Generation adaptability", "Multimodal information understanding", "Complex reasoning"]
DEFAULTS: dict[str, Any] = {
    "project": "study", "feedback": "asked", "confidence": "off", "overall_shown": False, "ladder_after_first_score": False,
    "reopening": True, "blur": "marked", "errors_below": None,
}  # fmt: skip


def run(*arguments: str) -> Any:
    out = StringIO()
    call_command("workspace", *arguments, "--project", "study", "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def test_it_says_what_is_set() -> None:
    make_project()
    output = run()
    titles = [line.partition(":")[0] for line in output.pop("errors")]
    assert (output, titles) == (DEFAULTS, MMIE)


def test_it_sets_what_is_named() -> None:
    make_project()
    output = run("feedback=required", "errors_below=3", "reopening=0", "--error", "Slip: small", "--error", "Hole")
    assert output == DEFAULTS | {"feedback": "required", "errors_below": 3, "reopening": False, "errors": ["Slip: small", "Hole"]}
    assert run("errors_below=")["errors_below"] is None


@pytest.mark.parametrize(
    ("argument", "fault"),
    [("feedback", "feedback: expected FIELD=VALUE"), ("feedback=loud", "feedback: Value 'loud' is not a valid choice.")],
)
def test_what_cannot_be_set_is_said(argument: str, fault: str) -> None:
    make_project()
    with pytest.raises(CommandError) as caught:
        run(argument)
    assert str(caught.value) == fault
