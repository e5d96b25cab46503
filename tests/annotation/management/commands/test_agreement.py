"""The command says what the API says; its options are refused by name."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from annotation.agreement import Resamples
from annotation.flow.agree import agreement_report
from annotation.flow.agree.paper import paper_of
from annotation.models import Project
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/projects/study/agreement/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    judged(project, [[1, 2, 1], [5, 5, 6], [3, 4, None]])
    client.force_login(make_member(project, "lea", "manager"))
    return project


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("agreement", *arguments, "--project", "study", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    ("options", "query", "by", "draws"),
    [
        ([], "", [], Resamples()),
        (["--by", "system, field"], "?by=system,field", ["system", "field"], Resamples()),
        (["--by", "week", "--resamples", "0"], "?by=week&resamples=0", ["week"], None),
        (["--resamples", "200", "--seed", "7"], "?resamples=200&seed=7", [], Resamples(7, 200)),
    ],
)
def test_command_and_api_report_the_same(
    client: Client, project: Project, options: list[str], query: str, by: list[str], draws: Any
) -> None:
    expected = agreement_report(project, by, draws)
    assert json.loads(run("--json", *options)[0]) == expected
    assert client.get(ADDRESS + query).json() == expected


def test_the_command_says_alpha_with_its_interval_or_the_reason(project: Project) -> None:
    _output, messages = run()
    [text] = [line for line in messages.splitlines() if " text " in line]
    value = agreement_report(project)["groups"][0]["criteria"][0]["alpha"]["value"]
    assert (
        text
        == f"small@1              text                                  3  alpha {value:.3f} (too few queries for an interval)"
    )
    assert "alpha – (nothing has been rated)" in messages


@pytest.mark.parametrize(
    ("option", "query", "fault"),
    [
        (["--by", "colour"], "?by=colour", "by: colour is none of category, field, subfield, system, round, week"),
        (["--resamples", "5"], "?resamples=5", "resamples: expected 0 or 100 to 10000, not 5"),
        (["--seed", "x"], "?seed=x", "seed: expected a whole number, not x"),
    ],
)
def test_a_wrong_option_is_refused_by_command_and_api(
    client: Client, project: Project, option: list[str], query: str, fault: str
) -> None:
    with pytest.raises(CommandError) as refused:
        run(*option)
    assert str(refused.value) == fault
    answer = client.get(ADDRESS + query)
    assert (answer.status_code, fault in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("form", ["text", "markdown", "latex"])
def test_a_paper_is_printed_alone_and_is_the_same_by_api(client: Client, project: Project, form: str) -> None:
    expected = paper_of(project, form)
    assert run("--paper", form) == (expected, "")
    assert json.loads(run("--paper", form, "--json")[0]) == {"paper": expected}
    assert client.get(f"{ADDRESS}paper/?form={form}").json() == {"form": form, "paper": expected}


def test_a_paper_in_another_form_is_a_400(client: Client, project: Project) -> None:
    answer = client.get(f"{ADDRESS}paper/?form=word")
    assert (answer.status_code, "form: expected one of text, markdown, latex, not word" in answer.content.decode()) == (400, True)
