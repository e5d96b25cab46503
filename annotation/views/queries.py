"""For managers: the project's queries, and one query with its reference answers, correct answer and responses."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.access.queries import query_choices, query_content, query_pages, query_rows
from annotation.errors import ValidationError
from annotation.flow.labels import LABEL_STATES
from annotation.flow.shown import show_scores
from annotation.forms.queries import NONE, SWITCHES, QueryFilters, query_filters
from annotation.models import Query, Role
from annotation.views.requests import UserRequest

PAGE = 50
TITLES = {"references": _("Reference answers"), "correct": _("Correct answer"), "dropped": _("Dropped")}


@login_required
@require_safe
def listing(request: UserRequest, slug: str) -> HttpResponse:
    """By id; what the address chooses, and nothing where it cannot be read."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    queries, faults = Query.objects.filter(project=membership.project), {}
    try:
        queries = queries.chosen(**query_filters(request.GET)._asdict())
    except ValidationError as error:
        queries, faults = queries.none(), error.fields
    asked = {name: request.GET.get(name, "") for name in QueryFilters._fields}
    page = query_pages(queries, searched=bool(asked["search"]), per_page=PAGE).get_page(request.GET.get("page"))
    choices = query_choices(membership.project)
    context = {
        "membership": membership,
        "page": page,
        "rows": query_rows(page),
        "asked": asked,
        "faults": faults,
        "filtered": any(asked.values()),
        "none": NONE,
        "choices": choices,
        "languages": any(choices["language"]),  # most studies have one, and say nothing of it
        "switches": [(name, TITLES[name], asked[name]) for name in SWITCHES],
    }
    return render(request, "annotation/queries/queries.html", context)


@login_required
@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    query = get_object_or_404(Query.objects.for_manager(request.user).with_counts().select_related("project"), pk=pk)
    content = query_content(query)
    tasks = [row["task"] for row in content["responses"] if row["task"]]
    show_scores(tasks, to=request.user, project=query.project)  # their states tell how far the annotators agree
    responses = [row | {"title": LABEL_STATES.get(row["state"], "")} for row in content["responses"]]
    membership = membership_or_404(request.user, query.project.slug, Role.MANAGER)
    return render(request, "annotation/queries/query.html", {"membership": membership, "query": content, "responses": responses})
