"""Queries by levels: which reference answers are missing, waiting for approval, or approved."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.access.references import APPROVED, MISSING, WAITING, in_state, reference_rows, scales, totals
from annotation.errors import ValidationError
from annotation.forms.references import ReferenceFilters, reference_filters
from annotation.models import Query, Role
from annotation.views.requests import UserRequest

PAGE = 50
TITLES = {
    MISSING: gettext_lazy("Missing"),
    WAITING: gettext_lazy("Waiting for approval"),
    APPROVED: gettext_lazy("Approved"),
}
MARKS = {WAITING: "tentative", APPROVED: "good"}  # classes of a tag


@login_required
@require_safe
def listing(request: UserRequest, slug: str) -> HttpResponse:
    """The project's queries by id; nothing where the address cannot be read."""
    membership = membership_or_404(request.user, slug, Role.EXPERT, Role.MANAGER)
    project, faults, filters = membership.project, {}, ReferenceFilters()
    levels, queries = scales(project), Query.objects.filter(project=project).in_study()
    try:
        filters = reference_filters(request.GET)
        queries = queries.filter(category=filters.category) if filters.category else queries
        queries = in_state(queries, filters.state, levels) if filters.state else queries
    except ValidationError as error:
        queries, faults = queries.none(), error.fields
    page: Any = Paginator(queries.order_by("external_id"), PAGE).get_page(request.GET.get("page"))
    context = {
        "membership": membership,
        "page": page,
        "rows": [row | {"levels": titled(row["levels"])} for row in reference_rows(page, levels)],
        "totals": totals(project, levels),
        "asked": filters,
        "faults": faults,
        "filtered": bool(faults or any(filters)),
        "categories": list(levels),
        "states": TITLES.items(),
    }
    return render(request, "annotation/references/references.html", context)


def titled(levels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [level | {"title": TITLES[level["state"]], "mark": MARKS.get(level["state"], "")} for level in levels]
