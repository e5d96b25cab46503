"""Browsers' reports of blocked content become lines that name no person and no project, and not too many of them."""

import json
from typing import Any

import pytest
from django.test import Client

from config.http import reports

REPORT = {
    "document-uri": "https://sixpoint.example/projects/secret-study/annotate/?q=1",
    "effective-directive": "script-src-elem",
    "blocked-uri": "https://evil.example/steal?who=ana",
    "source-file": "http://localhost/static/annotation/annotate/judge.js",
    "line-number": 3,
}


@pytest.fixture(autouse=True)
def asked_for(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CSP_REPORTS = True
    monkeypatch.setattr(reports, "allowance", reports.Allowance())


def send(client: Client, body: Any) -> int:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/csp-reports/", data, content_type="application/csp-report").status_code


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "sixpoint.csp"]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {},
            "page projects/<slug:slug>/annotate/, directive script-src-elem, blocked https://evil.example, "
            "by /static/annotation/annotate/judge.js",
        ),
        (
            {"blocked-uri": "inline", "source-file": None},
            "page projects/<slug:slug>/annotate/, directive script-src-elem, blocked inline, by unknown",
        ),
        (
            {"document-uri": "https://elsewhere.example/ana", "effective-directive": "A line\nof its own", "source-file": 7},
            "page unknown, directive unknown, blocked https://evil.example, by unknown",
        ),
    ],
)
def test_a_report_is_a_line_of_patterns_and_hosts(
    client: Client, caplog: pytest.LogCaptureFixture, changes: dict[str, Any], line: str
) -> None:
    assert (send(client, {"csp-report": REPORT | changes}), lines(caplog)) == (204, [line])


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"no", 400), (b"[]", 400), (b'{"csp-report": 1}', 400), (b"[" * 9000, 400), (b" " * 20_000, 413)],
)
def test_anything_else_is_refused_and_logged_nowhere(
    client: Client, caplog: pytest.LogCaptureFixture, body: bytes, status: int
) -> None:
    assert (send(client, body), lines(caplog)) == (status, [])


def test_a_broken_page_fills_no_log(client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {send(client, {"csp-report": REPORT}) for _report in range(25)} == {204}
    assert len(lines(caplog)) == 10
    monkeypatch.setattr(reports.allowance, "began", -60.0 + reports.allowance.began)
    send(client, {"csp-report": REPORT})
    assert lines(caplog)[10:] == ["15 more reports were not logged", lines(caplog)[0]]


def test_without_the_setting_there_is_no_such_address(client: Client, settings: Any) -> None:
    settings.CSP_REPORTS = False
    assert send(client, {"csp-report": REPORT}) == 404
