"""Possible duplicates among a project's queries, and a manager's decisions on them."""

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.flow.duplicates import resolve
from annotation.models import PossibleDuplicate, Project, Role

PAGE = 100


def content(pair: PossibleDuplicate) -> dict[str, Any]:
    return {
        "id": pair.pk,
        "first": pair.first.external_id,
        "second": pair.second.external_id,
        "reasons": pair.reasons,
        "strength": pair.strength,
        "found_at": pair.found_at,
        "verdict": pair.verdict or None,
        "dropped": pair.dropped_query.external_id if pair.dropped_query else None,
        "decided_by": pair.decided_by.username if pair.decided_by else None,
        "decided_at": pair.decided_at,
    }


@extend_schema(parameters=[schema.SHOW, schema.PAGE], responses={200: schema.Pairs} | schema.HIDDEN)
@api_view(["GET"])
def listing(request: Request, slug: str) -> Response:
    """The undecided pairs, the most alike first, or the decided ones, the newest first. For managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    pairs = PossibleDuplicate.objects.filter(project=project)
    show_decided = request.query_params.get("show") == "decided"
    pairs = pairs.decided().newest_first() if show_decided else pairs.undecided().strongest_first()
    pages = Paginator(pairs.with_queries(), PAGE)
    page = pages.get_page(request.query_params.get("page"))
    return Response({"count": pages.count, "pages": pages.num_pages, "pairs": [content(pair) for pair in page]})


@extend_schema(request=schema.Verdict, responses={200: schema.Pair} | schema.BAD | schema.DONE)
@api_view(["POST"])
def decide(request: Request, pk: int) -> Response:
    """Keep both queries, merge one into the other, or drop one. For managers."""
    pair = get_object_or_404(PossibleDuplicate.objects.for_manager(request.user).with_queries(), pk=pk)
    body = request.data if isinstance(request.data, dict) else {}
    verdict = body.get("verdict")
    query = body.get("into") if verdict == "merged" else body.get("query")
    return Response(content(resolve.decide(pair=pair, verdict=verdict, query=query, by=caller(request))))
