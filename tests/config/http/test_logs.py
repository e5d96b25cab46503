import json
import logging
import sys
from typing import Any

from django.conf import settings
from django.test import RequestFactory
from django.urls import ResolverMatch, resolve

from config.http.logs import JsonLines, Shared, WithoutValues, nobody
from config.http.requests import current_id

REFUSED = 'duplicate key value violates unique constraint "user_once"\nDETAIL:  Key (username)=(ana) already exists.'


def record(message: str = "%s: %s", *args: Any, **extra: Any) -> logging.LogRecord:
    try:
        raise ValueError(REFUSED)
    except ValueError:
        made = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, sys.exc_info())
    vars(made).update(extra)
    return made


def test_a_line_has_the_requests_id_and_of_an_address_the_pattern() -> None:
    request = RequestFactory().get("/projects/ana/flags/")
    request.resolver_match = resolve("/projects/ana/flags/")
    token = current_id.set("abc")
    try:
        line = record("%s: %s", "Internal Server Error", request.path, request=request, status_code=500)
        assert Shared().filter(line)
    finally:
        current_id.reset(token)
    assert isinstance(request.resolver_match, ResolverMatch)
    assert (line.request_id, line.getMessage()) == ("abc", "Internal Server Error: /projects/<slug:slug>/flags/")
    assert "request" not in vars(line)


def test_what_postgresql_says_of_a_refused_rows_values_is_left_out() -> None:
    texts = [formatter.format(record("refused")) for formatter in (WithoutValues(), JsonLines("{message}", style="{"))]
    assert ["ana" in text for text in texts] == [False, False]
    assert ["user_once" in text for text in texts] == [True, True]
    assert sorted(json.loads(texts[1])) == ["exc_info", "message"]


def test_a_failed_sign_in_names_nobody() -> None:
    assert nobody("ana", "192.0.2.7", "Browser", "/accounts/login/", None) == "somebody"
    assert settings.AXES_CLIENT_STR_CALLABLE == "config.http.logs.nobody"
