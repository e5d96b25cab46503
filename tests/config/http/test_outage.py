"""What a request gets while the database is away or locked, or a disk is full, wherever it is noticed."""

import errno
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse, UnreadablePostError
from django.templatetags.static import static
from django.test import Client, RequestFactory

from annotation.models import Role
from annotation.uploads import refused
from config.http import outage
from tests.factories import make_member, make_project

BUSY = "The server is busy. Please try again in a moment."
SLOW = "The request took too long to arrive. Please try again."
FULL = "The disk of the server is full: nothing was saved. Please tell the administrator of this site."


def full_postgresql() -> OperationalError:
    error = OperationalError("could not extend file")
    error.__cause__ = psycopg.errors.DiskFull()
    return error


def refuse_with(error: Exception) -> Callable[..., Any]:
    def refuse(*_arguments: Any) -> Any:
        raise error

    return refuse


@pytest.fixture
def ana(client: Client) -> Client:
    """Signed in, and told what an error makes of her request instead of the error."""
    client.force_login(make_member(make_project(), "ana", Role.ANNOTATOR))
    client.raise_request_exception = False
    return client


def told(answer: Any) -> tuple[int, str | None, str]:
    return answer.status_code, answer.headers.get("Retry-After"), answer.headers["Content-Type"].partition(";")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "wait", "words"),
    [
        (OperationalError("database is locked"), 503, "2", BUSY),
        (OperationalError("server closed the connection unexpectedly"), 503, "2", BUSY),
        (InterfaceError("the connection is closed"), 503, "2", BUSY),
        (OperationalError("database or disk is full"), 507, "30", FULL),
        (full_postgresql(), 507, "30", FULL),
        (OSError(errno.ENOSPC, "No space left on device"), 507, "30", FULL),
        (outage.TooSlow(), 408, "2", SLOW),
        (UnreadablePostError(), 408, "2", SLOW),
    ],
)
def test_a_call_is_told_by_json_and_a_page_in_words(ana: Client, error: Exception, status: int, wait: str, words: str) -> None:
    with connection.execute_wrapper(refuse_with(error)):
        call = ana.post("/api/v1/projects/study/claim/")
        page = ana.get("/projects/study/", HTTP_ACCEPT="text/html,*/*;q=0.8")
        script = ana.post("/annotate/1/draft/", HTTP_ACCEPT="application/json, text/html;q=0.9")
    assert told(call) == told(script) == (status, wait, "application/json")
    assert call.json() == script.json() == {"detail": words}
    assert told(page) == (status, wait, "text/html")
    assert words in page.content.decode()
    assert [answer.headers["Cache-Control"] for answer in (call, page, script)] == ["private, no-store"] * 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "heading"),
    [
        (OperationalError("database is locked"), 503, "Not available at the moment"),
        (IntegrityError("twice"), 500, "Something went wrong on our side"),
    ],
)
def test_the_page_of_an_error_asks_the_database_nothing_looks_like_all_pages_and_leads_home(
    ana: Client, error: Exception, status: int, heading: str
) -> None:
    with connection.execute_wrapper(refuse_with(error)):
        page = ana.get("/projects/study/")
    text = page.content.decode()
    assert (page.status_code, f"<h1>{heading}</h1>" in text) == (status, True)
    assert f'<link rel="stylesheet" href="{static("annotation/styles/cards.css")}">' in text
    assert '<p><a href="/">My projects</a></p>' in text
    assert "<script" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("error", [IntegrityError("twice"), OperationalError("no such table: x"), OSError(errno.EACCES, "no")])
def test_another_error_is_none_of_the_outage(ana: Client, error: Exception) -> None:
    with connection.execute_wrapper(refuse_with(error)):
        assert ana.get("/projects/study/").status_code == 500


@pytest.mark.django_db
def test_a_session_that_cannot_be_saved_is_no_bad_request(ana: Client) -> None:
    def refuse_writes(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("UPDATE"):
            raise OperationalError("database is locked")
        return execute(sql, *rest)

    def remember(request: HttpRequest) -> HttpResponse:
        request.session["seen"] = True
        return HttpResponse()

    request = RequestFactory().get("/")
    request.COOKIES = {name: cookie.value for name, cookie in ana.cookies.items()}
    with connection.execute_wrapper(refuse_writes), pytest.raises(SessionInterrupted) as interrupted:
        SessionMiddleware(remember)(request)
    assert told(refused(request, interrupted.value)) == (503, "2", "text/html")


def test_an_error_in_the_first_piece_of_a_stream_can_change_its_status() -> None:
    def broken() -> Iterator[bytes]:
        raise OperationalError("database is locked")
        yield b""

    def whole() -> Iterator[bytes]:
        yield b"a"
        yield b"b"

    request = RequestFactory().get("/")
    with pytest.raises(OperationalError):
        outage.begin_streams(lambda _request: StreamingHttpResponse(broken()))(request)
    answer: Any = outage.begin_streams(lambda _request: StreamingHttpResponse(whole()))(request)
    assert b"".join(answer) == b"ab"
    empty: Any = outage.begin_streams(lambda _request: StreamingHttpResponse([]))(request)
    assert b"".join(empty) == b""


def test_an_answer_that_is_no_stream_passes() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("a")

    assert outage.begin_streams(view)(RequestFactory().get("/")).getvalue() == b"a"  # type: ignore[attr-defined]
