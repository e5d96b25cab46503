import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from annotation.flow.lessons import lessons
from tests.annotation.flow.lessons.studies import make_study

pytestmark = pytest.mark.django_db


def output(*arguments: str) -> tuple[str, str]:
    """Standard output, where the document goes, and standard error, where the lines for people go."""
    out, lines = StringIO(), StringIO()
    call_command("lessons", "--project", "study", *arguments, stdout=out, stderr=lines)
    return out.getvalue(), lines.getvalue()


def test_the_command_prints_the_causes_by_criterion() -> None:
    make_study()
    lines = [" ".join(line.split()) for line in output()[1].splitlines()]
    assert lines == [
        "5 disputes on 5 responses, 4 decided",
        "small@1 text 3 rubric_gap 2, item_fault 0, slip 1, ambiguity 0",
        "small@1 harm 1 rubric_gap 0, item_fault 0, slip 0, ambiguity 1",
    ]


def test_its_json_is_the_report() -> None:
    project, _tasks = make_study()
    assert json.loads(output("--json")[0]) == json.loads(json.dumps(lessons(project, for_manager=True)))


def test_a_project_that_is_not_there_is_refused() -> None:
    with pytest.raises(CommandError, match="there is no study"):
        output()
