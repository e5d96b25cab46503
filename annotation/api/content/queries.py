"""The queries of a project, for scripts of managers."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.queries import query_content, query_pages, query_rows
from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.shapes.queries import QueryDetail, QueryPage
from annotation.flow.shown import show_scores
from annotation.forms.queries import SWITCHES, query_filters
from annotation.models import Project, Query, Role

PAGE = 100
FILTERS = [
    OpenApiParameter("search", str, description="words of the question or of a response, each by its beginning"),
    OpenApiParameter("category", str),
    OpenApiParameter("field", str, description="- for those of no field"),
    OpenApiParameter("language", str, description="a tag; - for those of no language"),
    *(
        OpenApiParameter(name, str, enum=["yes", "no"], description="only those that have it, or that do not")
        for name in SWITCHES
    ),
]


@extend_schema(parameters=[*FILTERS, schema.PAGE], responses={200: QueryPage} | schema.BAD | schema.HIDDEN)
@api_view(["GET"])
def listing(request: Request, slug: str) -> Response:
    """The queries by id, 100 on a page, for managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    asked = query_filters(request.query_params)
    chosen = Query.objects.filter(project=project).chosen(**asked._asdict())
    pages = query_pages(chosen, searched=bool(asked.search), per_page=PAGE)
    page = pages.get_page(request.query_params.get("page"))
    return Response({"count": pages.count, "pages": pages.num_pages, "queries": query_rows(page)})


@extend_schema(responses={200: QueryDetail} | schema.HIDDEN)
@api_view(["GET"])
def detail(request: Request, pk: int) -> Response:
    """One query: its blocks, newest reference answers, correct answer, and its responses with the states of their labels."""
    queries = Query.objects.for_manager(caller(request)).with_counts().select_related("project")
    query = get_object_or_404(queries, pk=pk)
    content = query_content(query)
    tasks = [row["task"] for row in content["responses"] if row["task"]]
    show_scores(tasks, to=caller(request), project=query.project)
    return Response(content)
