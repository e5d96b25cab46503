import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from annotation.flow.results import results_report
from annotation.flow.results.files import csv_of, text_of
from tests.annotation.flow.results.studies import make_study
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/projects/study/results/"


def run(*arguments: str) -> tuple[str, str]:
    """Standard output, where the document goes, and standard error, where the lines for people go."""
    out, lines = StringIO(), StringIO()
    call_command("results", "--project", "study", *arguments, stdout=out, stderr=lines)
    return out.getvalue(), lines.getvalue()


@pytest.mark.parametrize(
    ("options", "query", "arguments"),
    [
        ([], "", {}),
        (["--by", "subfield, criterion"], "?by=subfield,criterion", {"by": ["subfield", "criterion"]}),
        (["--labels", "fair"], "?labels=fair", {"labels": "fair"}),
    ],
)
def test_command_and_api_report_the_same(client: Client, options: list[str], query: str, arguments: dict[str, Any]) -> None:
    project = make_study()
    expected = results_report(project, **arguments)
    client.force_login(make_user("lea", password=None))
    assert client.get(ADDRESS + query).json() == expected
    for form in (["--json"], ["--format", "json"]):
        assert json.loads(run(*options, *form)[0]) == expected


def test_for_people_it_says_who_is_ahead_and_how_sure_that_is() -> None:
    make_study()
    lines = [" ".join(line.split()) for line in run()[1].splitlines()]
    assert lines == [
        "larch 8 79.2 [64.7, 93.6]",
        "ember 8 47.9 [36.3, 59.5]",
        "quill 6 25.0 [15.4, 34.6] (2 queries unanswered)",
        "larch - ember: 31.2 [22.3, 40.2]",
        "ember - quill: 25.0 [10.4, 39.6]",
    ]


def test_the_tables_go_to_standard_output() -> None:
    report = results_report(make_study())
    assert run("--format", "csv") == (csv_of(report).decode(), "")
    assert run("--format", "latex") == (text_of(report, "latex"), "")
    assert json.loads(run("--format", "markdown", "--json")[0]) == {"format": "markdown", "text": text_of(report, "markdown")}


def test_what_is_not_there_is_refused() -> None:
    make_study(judged=False)
    with pytest.raises(CommandError, match="release: study has no release 7"):
        run("--release", "7")
    with pytest.raises(CommandError, match="by: week is none of category, field, subfield, criterion"):
        run("--by", "week")
