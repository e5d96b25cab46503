"""The results of systems, for scripts."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.shapes.results import Results
from annotation.flow.results import results_report
from annotation.flow.results.labelled import KINDS, PLAIN
from annotation.flow.results.report import read_release
from annotation.models import Project, Role

PARAMETERS = [
    OpenApiParameter("by", str, description="comma-separated: category, field, subfield, criterion; all but subfield without it"),
    OpenApiParameter("labels", str, enum=list(KINDS), description="plain by default"),
    OpenApiParameter("release", int, description="the labels of this release instead of those of now"),
    OpenApiParameter("scorer", str, description="name of a scorer: adds estimates from few labels and its many scores"),
]


@extend_schema(parameters=PARAMETERS, responses={200: Results} | schema.BAD | schema.HIDDEN)
@api_view(["GET"])
def report(request: Request, slug: str) -> Response:
    """Systems against categories, fields and criteria in percent, with intervals, for managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    by = [column for column in request.query_params.get("by", "").split(",") if column]
    release = read_release(project, request.query_params.get("release", ""))
    kind, scorer = request.query_params.get("labels", PLAIN), request.query_params.get("scorer", "")
    return Response(results_report(project, by, kind, release, scorer))
