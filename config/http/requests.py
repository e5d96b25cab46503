"""One line in the log for each answer, with an id that the answer carries too. No line holds who asked or what was sent: an
address is given as its pattern, `projects/<slug:slug>/annotate/`."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

from config.http import metrics

HEADER = "X-Request-ID"
OF_A_PROXY = re.compile(r"[A-Za-z0-9_-]{8,64}")
current_id: ContextVar[str] = ContextVar("current_id", default="")
log = logging.getLogger("sixpoint.requests")


def request_log(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware, the outermost: it takes the id that a proxy gave the request, or makes one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        start, proxy_id = time.perf_counter(), request.headers.get(HEADER, "")
        request_id = proxy_id if OF_A_PROXY.fullmatch(proxy_id) else uuid.uuid4().hex
        token = current_id.set(request_id)
        try:
            answer = get_response(request)
            seconds = time.perf_counter() - start
            answer[HEADER] = request_id
            metrics.observe(method_of(request), route_of(request), answer.status_code, seconds)
            log.info(
                "answered",
                extra={
                    "method": method_of(request),
                    "route": route_of(request),
                    "status": answer.status_code,
                    "milliseconds": round(seconds * 1000, 1),
                },
            )
        finally:
            current_id.reset(token)
        return answer

    return middleware


def method_of(request: HttpRequest) -> str:
    """`other` for a method that HTTP does not define, of which there is no end."""
    return request.method if request.method in metrics.METHODS else "other"


def route_of(request: HttpRequest) -> str:
    """The pattern of the address; empty where no page has it, and for what is answered before a page is looked up."""
    return request.resolver_match.route if request.resolver_match else ""
