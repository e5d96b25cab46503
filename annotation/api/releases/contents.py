"""What is in a release: its labels, what it left out, and how it differs from another."""

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.releases.made import release_of
from annotation.api.shapes import releases as shapes
from annotation.errors import ValidationError
from annotation.flow.release import compare
from annotation.flow.release.compare import tasks_of
from annotation.flow.shown import show_scores
from annotation.forms.release import chosen_values
from annotation.models import Label, Release

PAGE = 100


def paged(rows: Any, request: Request) -> tuple[dict[str, Any], list[Any]]:
    pages = Paginator(rows, PAGE)
    return {"count": pages.count, "pages": pages.num_pages}, list(pages.get_page(request.query_params.get("page")))


def label_content(label: Label) -> dict[str, Any]:
    response = label.task.response
    query = response.query
    return {
        "task": label.task_id,
        "id": query.external_id,
        "system": response.system,
        "sample": response.sample,
        "category": query.category,
        "field": query.field,
        "subfield": query.subfield,
        "rubric": label.task.rubric.name,
        "split": label.split,
        "how": label.how,
        "overall": label.overall,
        "score": label.score,
        "fair": label.fair,
        "fair_se": label.fair_se,
        "criteria": {value.criterion.key: value.value if value.given is None else value.given for value in label.criteria.all()},
    }


@extend_schema(parameters=[*shapes.LABEL_FILTERS, schema.PAGE], responses={200: shapes.ReleasedLabels} | schema.HIDDEN)
@api_view(["GET"])
def labels(request: Request, slug: str, version: int) -> Response:
    """The labels as they were frozen, in the order of their keys. For managers."""
    release = release_of(request, slug, version)
    of_release = Label.objects.filter(release=release)
    offered = of_release.values_of_columns()
    chosen = chosen_values(request.query_params, offered)
    asked = {name for name in offered if request.query_params.get(name)}
    matching = of_release.chosen(**chosen) if asked == chosen.keys() else of_release.none()
    numbers, page = paged(matching.in_list(), request)
    show_scores([label.task_id for label in page], to=caller(request), project=release.project)
    return Response(numbers | {"labels": list(map(label_content, page))})


@extend_schema(parameters=[shapes.LEFT_OUT_REASON, schema.PAGE], responses={200: shapes.LeftOut} | schema.HIDDEN)
@api_view(["GET"])
def left_out(request: Request, slug: str, version: int) -> Response:
    """The responses that the release left out, each with its reason. For managers."""
    rows = release_of(request, slug, version).manifest["left_out"]
    if reason := request.query_params.get("reason"):
        rows = [row for row in rows if row["reason"] == reason]
    numbers, page = paged(rows, request)
    return Response(numbers | {"left_out": page})


@extend_schema(parameters=[shapes.WITH, schema.PAGE], responses={200: shapes.Comparison} | schema.BAD | schema.HIDDEN)
@api_view(["GET"])
def comparison(request: Request, slug: str, version: int) -> Response:
    """Which labels are new, gone or changed between this release and another, and what happened meanwhile. For managers."""
    release = release_of(request, slug, version)
    number = request.query_params.get("with", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise ValidationError({"with": _("expected the number of a release")})
    other = get_object_or_404(Release.objects.filter(project=release.project), version=int(number))
    report = compare(*sorted((release, other), key=lambda one: one.version))
    numbers, page = paged(report["labels"], request)
    show_scores(tasks_of(page, release.project), to=caller(request), project=release.project)
    return Response(report | numbers | {"labels": page})
