import logging
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from config.http import metrics, requests


def page(request: HttpRequest, name: str) -> HttpResponse:
    logging.getLogger("sixpoint").warning("inside")
    return HttpResponse("ok")


urlpatterns = [path("people/<str:name>/", page), path("", include("config.urls"))]


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


def answers(caplog: pytest.LogCaptureFixture) -> list[tuple[Any, ...]]:
    return [(r.method, r.route, r.status) for r in caplog.records if r.name == "sixpoint.requests"]


def test_each_answer_has_one_line_with_the_pattern_of_its_address_and_no_name(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="sixpoint.requests"):
        client.get("/people/ana/?note=ana")
        client.get("/elsewhere/ana/")
        client.generic("ANA", "/people/ana/")
    assert answers(caplog) == [
        ("GET", "people/<str:name>/", 200),
        ("GET", "", 404),
        ("other", "people/<str:name>/", 200),
    ]
    lines = [record for record in caplog.records if record.name == "sixpoint.requests"]
    assert not any("ana" in str(value) for record in lines for value in vars(record).values())


@pytest.mark.parametrize("name", ["of-the-proxy_1", "A" * 64])
def test_the_id_that_a_proxy_gave_a_request_is_kept(client: Client, name: str) -> None:
    assert client.get("/people/ana/", headers={"X-Request-ID": name})["X-Request-ID"] == name


@pytest.mark.parametrize("name", ["", "short", "A" * 65, "two words!", "line\nbreak-12"])
def test_an_id_that_is_none_is_replaced(client: Client, name: str) -> None:
    request_ids = [client.get("/people/ana/", headers={"X-Request-ID": name})["X-Request-ID"] for _twice in range(2)]
    assert [len(request_id) for request_id in request_ids] == [32, 32]
    assert len({name, *request_ids}) == 3


def test_what_a_page_logs_is_known_by_the_request_and_what_comes_after_is_not(client: Client) -> None:
    seen = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(requests.current_id.get())

    handler, log = Handler(), logging.getLogger("sixpoint")
    log.addHandler(handler)
    try:
        client.get("/people/ana/", headers={"X-Request-ID": "the-first-one"})
        log.warning("after")
    finally:
        log.removeHandler(handler)
    assert seen == ["the-first-one", ""]


def test_without_a_token_nothing_is_counted(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    client.get("/people/ana/")
    assert [family.samples for family in metrics.requests.collect()] == [[]]
