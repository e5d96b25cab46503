"""An export at any time, which is no release."""

from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request

from annotation.access.archives import zip_answer
from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.releases.made import project_of
from annotation.api.releases.negotiation import any_accept
from annotation.api.shapes import releases as shapes
from annotation.flow.export import export
from annotation.flow.shown import show_while_read
from annotation.forms.export import export_selection, export_switches


@extend_schema(parameters=shapes.EXPORT_FILTERS, responses=shapes.ZIP | schema.BAD | schema.HIDDEN)
@any_accept
@api_view(["GET"])
def download(request: Request, slug: str) -> HttpResponseBase:
    """Ratings, remarks, decisions and responses as they are now, as a .zip that is streamed. It is no release, and a file in
    it says so. A filter may be repeated. For managers."""
    project = project_of(request, slug)
    chosen = export_selection(request.query_params)
    stream = export(project=project, selection=chosen, by=caller(request), **export_switches(request.query_params))
    shown = show_while_read(stream, to=caller(request), project=project)
    return zip_answer(f"{slug}-export-{timezone.now():%Y%m%d-%H%M}.zip", shown)
