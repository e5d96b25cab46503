"""For monitoring: whether the process is up, and whether it can serve."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether the database answers and is migrated."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM annotation_project LIMIT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer, or is not migrated", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
