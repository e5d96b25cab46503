"""Reference answers by API: what is missing, a new revision, and its approval. For experts and managers."""

from typing import Any

import orjson
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.references import STATES, answer_content, in_state, reference_rows, scales
from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.parsers import StrictJSON
from annotation.api.shapes.references import Approval, NewRevision, ReferenceDetail, ReferencePage
from annotation.errors import Fault, ValidationError
from annotation.fields import whole_number
from annotation.flow import references
from annotation.forms.references import reference_filters, revision_number, uploaded_images
from annotation.models import Project, Query, ReferenceRevision, Role
from annotation.strict_json import read_json

PAGE = 100
FILTERS = [
    OpenApiParameter("category", str),
    OpenApiParameter("state", str, enum=list(STATES), description="some level missing or waiting, or all levels approved"),
]


def project_or_404(request: Request, slug: str) -> Project:
    return get_object_or_404(Project.objects.for_member(request.user, Role.EXPERT, Role.MANAGER), slug=slug)


def query_or_404(request: Request, slug: str, pk: int, level: str) -> tuple[Query, int]:
    project = project_or_404(request, slug)
    query = get_object_or_404(Query.objects.filter(project=project).select_related("project"), pk=pk)
    number = whole_number(level, digits=3)
    if number is None or number not in scales(project).get(query.category, []):
        raise Http404
    return query, number


@extend_schema(
    operation_id="projects_references_list",
    parameters=[*FILTERS, schema.PAGE],
    responses={200: ReferencePage} | schema.BAD | schema.HIDDEN,
)
@api_view(["GET"])
def listing(request: Request, slug: str) -> Response:
    """The queries by id with the state of each level, 100 on a page."""
    project = project_or_404(request, slug)
    filters, levels = reference_filters(request.query_params), scales(project)
    queries = Query.objects.filter(project=project).in_study()
    queries = queries.filter(category=filters.category) if filters.category else queries
    queries = in_state(queries, filters.state, levels) if filters.state else queries
    pages = Paginator(queries.order_by("external_id"), PAGE)
    page: Any = pages.get_page(request.query_params.get("page"))
    return Response({"count": pages.count, "pages": pages.num_pages, "queries": reference_rows(page, levels)})


@extend_schema(methods=["GET"], responses={200: ReferenceDetail} | schema.HIDDEN)
@extend_schema(
    methods=["POST"],
    request=NewRevision,
    responses={201: ReferenceDetail} | schema.BAD | schema.GONE | schema.LARGE,
)
@api_view(["GET", "POST"])
@parser_classes([StrictJSON, MultiPartParser])
def detail(request: Request, slug: str, query: int, level: str) -> Response:
    """The revisions of a query's reference answer of one level, newest first; a POST adds one, whole or not at all."""
    asked, number = query_or_404(request, slug, query, level)
    if request.method == "GET":
        return Response(answer_content(asked, number, caller(request)))
    if not isinstance(request.data, dict):
        raise ValidationError({"blocks": _("Expected an object with the blocks.")})
    based_on = request.data.get("based_on")
    profile = {"profile": sent_json(request.data["profile"], "profile")} if "profile" in request.data else {}
    references.write_answer(
        query=asked,
        level=number,
        blocks=sent_json(request.data.get("blocks"), "blocks"),
        by=caller(request),
        based_on=None if based_on is None else revision_number(based_on, "based_on"),
        images=uploaded_images(request.FILES),
        **profile,
    )
    return Response(answer_content(asked, number, caller(request)), status=201)


def sent_json(value: Any, field: str) -> Any:
    """A part of a multipart form is a text with JSON. Raises ValidationError."""
    if not isinstance(value, str):
        return value
    try:
        return read_json(value.encode())
    except (Fault, orjson.JSONDecodeError, UnicodeEncodeError) as error:
        raise ValidationError({field: _("expected JSON: %(problem)s") % {"problem": error}}) from error


@extend_schema(request=Approval, responses={200: ReferenceDetail} | schema.BAD | schema.GONE)
@api_view(["POST"])
def approve(request: Request, slug: str, query: int, level: str) -> Response:
    """Approve a revision that somebody else wrote: annotators see it from now on."""
    asked, number = query_or_404(request, slug, query, level)
    body = request.data if isinstance(request.data, dict) else {}
    wanted = revision_number(body.get("revision"), "revision")
    revisions = ReferenceRevision.objects.filter(answer__query=asked, answer__level=number)
    references.approve(revision=get_object_or_404(revisions, number=wanted), by=caller(request))
    return Response(answer_content(asked, number, caller(request)))
