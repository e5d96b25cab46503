"""For monitoring: whether the process is up, and whether it can serve. config/wsgi.py answers the first before Django."""

import os
from functools import cache

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LEAST_FREE = 32 * 1024 * 1024  # bytes, where the database's file or uploads are written


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether the database is migrated and takes a write, and the disk has room; within the seconds that a request waits."""
    problem = why_not_ready()
    return HttpResponse(problem or "ok", status=503 if problem else 200, content_type="text/plain")


def why_not_ready() -> str:
    """In words, for whoever looks after the server; empty where it can serve."""
    try:
        missing = len(known_migrations() - set(MigrationRecorder(connection).applied_migrations()))
        if missing:
            return f"the database is not migrated; migrations not applied: {missing}"
        try_to_write()
    except (DatabaseError, InterfaceError):
        return "the database does not answer, or takes no writes"
    disk = os.statvfs(settings.DATA_DIR)
    if disk.f_bavail * disk.f_frsize < LEAST_FREE:
        return "the disk of DATA_DIR is full"
    return ""


@cache
def known_migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).graph.nodes)


def try_to_write() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        values = (get_random_string(32), str(timezone.now()))
        cursor.execute("INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, '', %s)", values)
        transaction.set_rollback(True)
