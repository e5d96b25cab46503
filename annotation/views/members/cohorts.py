"""For managers: the cohorts of a project, each with what it scores."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import ValidationError
from annotation.fields import whole_number
from annotation.flow.cohorts import cohorts_of, delete_cohort, save_cohort
from annotation.flow.limits import categories_of, languages_of
from annotation.models import Cohort, Project, Role
from annotation.views.requests import UserRequest

NEW: dict[str, Any] = {"id": None, "name": "", "categories": [], "languages": [], "members": []}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cohorts(request: UserRequest, slug: str) -> HttpResponse:
    """A POST saves the cohort whose number it has, or a new one, or deletes one. What was typed stays after a refusal."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    refused: dict[str, Any] | None = None
    if request.method == "POST":
        posted = posted_cohort(request)
        try:
            act(request, project, posted)
            return redirect("cohorts", slug=slug)
        except ValidationError as error:
            refused = posted | {"faults": error.fields}
        except Cohort.DoesNotExist:
            raise Http404 from None
    rows = [*cohorts_of(project), NEW]
    context = {
        "membership": membership,
        "cohorts": [row | refused if refused and row["id"] == refused["id"] else row for row in rows],
        "categories": categories_of(project),
        "languages": languages_of(project),
    }
    return render(request, "annotation/members/cohorts.html", context, status=400 if refused else 200)


def posted_cohort(request: UserRequest) -> dict[str, Any]:
    return {
        "id": whole_number(request.POST.get("cohort", "")),
        "name": request.POST.get("name", "").replace("\0", "\ufffd"),
        "categories": request.POST.getlist("categories"),
        "languages": request.POST.getlist("languages"),
    }


def act(request: UserRequest, project: Project, posted: dict[str, Any]) -> None:
    """Raises ValidationError, Cohort.DoesNotExist."""
    named = {name: posted[name] for name in ("name", "categories", "languages")}
    if request.POST.get("action") == "delete":
        delete_cohort(project=project, cohort=posted["id"] or 0, by=request.user)
        messages.success(request, _("The cohort was deleted: its members are in none."))
    else:
        save_cohort(project=project, cohort=posted["id"], by=request.user, **named)
        messages.success(request, _("Saved."))
