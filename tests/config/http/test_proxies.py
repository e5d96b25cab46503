"""The client's address is what the n-th trusted proxy from this server saw, whatever the client says."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.http.proxies import true_address

CLIENT, INNER = "192.0.2.1", "10.0.0.2"


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, None, INNER),
        (0, CLIENT, INNER),  # whoever connects can send this
        (1, CLIENT, CLIENT),
        (1, f"203.0.113.9, {CLIENT}", CLIENT),
        (1, f"203.0.113.9,{CLIENT} ", CLIENT),
        (2, f"203.0.113.9, {CLIENT}, 10.0.0.1", CLIENT),
        (2, CLIENT, INNER),  # has not come through two
        (1, None, INNER),
        (1, "", INNER),
        (1, f"{CLIENT}, unknown", INNER),
        (1, f"{CLIENT}, <script>", INNER),
        (1, "2001:DB8::0001", "2001:db8::1"),
        (1, "::ffff:192.0.2.1", CLIENT),
    ],
)
def test_the_address_is_that_of_the_nth_trusted_hop(settings: Any, proxies: int, header: str | None, address: str) -> None:
    settings.PROXIES = proxies
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {} if header is None else {"X-Forwarded-For": header}
    true_address(view)(RequestFactory().get("/", REMOTE_ADDR=INNER, headers=headers))
    assert seen == [address]


@pytest.mark.parametrize(("proxies", "address"), [(0, ""), (1, CLIENT)])
def test_a_socket_has_no_address_but_a_proxy_before_it_may_say_one(settings: Any, proxies: int, address: str) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="", headers={"X-Forwarded-For": CLIENT})
    true_address(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address
