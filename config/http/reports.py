"""Takes browsers' reports of what the content security policy has blocked, where CSP_REPORTS asks for them."""

import json
import logging
import re
import time
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

LONGEST = 16 * 1024  # bytes of a report
A_MINUTE = 10  # lines of one process: a broken page of which everybody reports fills no disk
WORD = re.compile(r"[a-z-]{1,40}")
logger = logging.getLogger("sixpoint.csp")


class Allowance:
    """So many lines a minute, and how many more there were."""

    def __init__(self) -> None:
        self.lock, self.began, self.used = Lock(), 0.0, 0

    def take(self) -> bool:
        with self.lock:
            if time.monotonic() - self.began >= 60:
                if self.used > A_MINUTE:
                    logger.warning("%s more reports were not logged", self.used - A_MINUTE)
                self.began, self.used = time.monotonic(), 0
            self.used += 1
            return self.used <= A_MINUTE


allowance = Allowance()


@csrf_exempt  # browsers send no token, and nothing is stored
@require_POST
def csp(request: HttpRequest) -> HttpResponse:
    """Logs a line of what was blocked where: the page as its pattern and hosts alone, so that it names no person or project."""
    if not settings.CSP_REPORTS:
        raise Http404
    body = request.read(LONGEST + 1)
    if len(body) > LONGEST:
        return HttpResponse(status=413)
    try:
        report = json.loads(body)["csp-report"]
        line = [page_of(report.get("document-uri")), word(report.get("effective-directive")), source(report.get("blocked-uri"))]
        script = source(report.get("source-file"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return HttpResponse(status=400)
    if allowance.take():
        logger.warning("page %s, directive %s, blocked %s, by %s", *(part or "unknown" for part in (*line, script)))
    return HttpResponse(status=204)


def page_of(address: Any) -> str:
    """The pattern of a page of ours, as projects/<slug:slug>/; empty for any other address."""
    try:
        return resolve(urlsplit(address).path).route if isinstance(address, str) else ""
    except Resolver404:
        return ""


def word(value: Any) -> str:
    return value if isinstance(value, str) and WORD.fullmatch(value) else ""


def source(value: Any) -> str:
    """Scheme and host of an address, or a word such as inline or eval; of an address of our own static files the path too."""
    if not isinstance(value, str) or word(value):
        return word(value)
    parts = urlsplit(value)
    host = parts.hostname or ""
    if host in settings.ALLOWED_HOSTS and parts.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
        return harmless(parts.path)
    return harmless(f"{parts.scheme}://{host}")


def harmless(text: str) -> str:
    return text if re.fullmatch(r"[\w./:-]{1,200}", text, re.ASCII) else ""
