"""The responses of a project as managers look through them, for scripts."""

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.shapes.queries import ResponsePage
from annotation.errors import Refused
from annotation.flow.agree.by_label import drilldown_by_label
from annotation.flow.agree.drilldown import ALIKE, COLUMNS, OPEN, PACE
from annotation.flow.labels import labels
from annotation.flow.shown import show_scores
from annotation.forms.queries import SPREADS, STATES, response_filters
from annotation.models import Project, Role

PAGE = 100
FILTERS = [
    OpenApiParameter("rubric", str, description="slug@version"),
    OpenApiParameter("criterion", str, description="a key, overall, or * for all: of responses with two ratings or more"),
    OpenApiParameter("annotator", str, many=True, description="one, or two who are compared"),
    OpenApiParameter("levels", str, description="two levels that two annotators gave, as 2,5"),
    OpenApiParameter("level", int, description="that somebody gave"),
    OpenApiParameter("habit", str, enum=[ALIKE, PACE], description="of the one annotator that is named"),
    *(OpenApiParameter(name, str) for name in COLUMNS),
    OpenApiParameter("label", str, enum=list(STATES), description="the state of the label"),
    OpenApiParameter("spread", str, enum=list(SPREADS), description="whole points between the overalls; 3 for as many or more"),
    OpenApiParameter("error", str, description="the key of a type of error that is marked"),
    OpenApiParameter("flag", str, enum=[OPEN]),
    OpenApiParameter("search", str, description="words of the response, each by its beginning"),
]


@extend_schema(parameters=[*FILTERS, schema.PAGE], responses={200: ResponsePage} | schema.BAD | schema.HIDDEN)
@api_view(["GET"])
def listing(request: Request, slug: str) -> Response:
    """The responses, largest disagreement of first judgements first, 100 on a page, for managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    selection = response_filters(request.query_params)
    if selection is None:
        raise Refused(_("The filters do not fit together, or one has a value that is not known."))
    found, states = drilldown_by_label(project, selection)
    pages = Paginator(found, PAGE)
    page: Any = pages.get_page(request.query_params.get("page"))
    show_scores([row.task for row in page], to=caller(request), project=project)
    of_task = {label.task.id: label for label in labels(project, [row.task for row in page])}
    listed = []
    for row in page:
        label = of_task[row.task]
        task = label.task
        listed.append(
            {
                "task": row.task,
                "query": task.query,
                "category": task.category,
                "field": task.field,
                "system": task.system,
                "sample": task.sample,
                "rubric": task.rubric.name,
                "criterion": row.criterion,
                "spread": row.spread,
                "state": label.left_out or label.how,
            }
        )
    return Response({"count": pages.count, "pages": pages.num_pages, "states": states, "responses": listed})
