"""For managers: the rubrics of a project, and its move to a later version of one, with what that would do."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.judgements import ProjectCache
from annotation.flow.judgements.other_rule import overalls_by
from annotation.flow.setup.rubrics import Move, current_rubrics, move_to, next_versions, plan_move
from annotation.models import Project, Role
from annotation.views.requests import UserRequest
from rubrics.models import Rubric


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rubrics(request: UserRequest, slug: str) -> HttpResponse:
    """A GET shows what each move would do; a POST makes the one that it names."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project, fault = membership.project, ""
    if request.method == "POST":
        try:
            move = move_to(project=project, rubric=request.POST.get("rubric", "").replace("\0", ""), by=request.user)
            messages.success(request, _("New and open responses are now judged with %(rubric)s.") % {"rubric": move.new.name})
            return redirect("project-rubrics", slug=slug)
        except Refused as error:
            fault = str(error)
    context = {
        "membership": membership,
        "fault": fault,
        "used": used_rubrics(project),
        "moves": possible_moves(project),
    }
    return render(request, "annotation/rubrics/rubrics.html", context, status=400 if fault else 200)


def used_rubrics(project: Project) -> list[dict[str, Any]]:
    """Every version that the project has, with its tasks; the one for new responses of its category is current."""
    current = {rubric.pk for rubric in current_rubrics(project).values()}
    tasks = dict(project.tasks.order_by().values_list("rubric").annotate(Count("pk")))
    versions = project.rubrics.order_by("category", "slug", "-version")
    return [{"rubric": item, "tasks": tasks.get(item.pk, 0), "is_current": item.pk in current} for item in versions]


def possible_moves(project: Project) -> list[dict[str, Any]]:
    """With what would become of tasks and overalls, or why the project cannot move."""
    cache = ProjectCache(project)
    rows: list[dict[str, Any]] = []
    for rubric in next_versions(project):
        try:
            move = plan_move(project=project, rubric=rubric.name)
            rows.append({"rubric": rubric, "move": move, "overalls": overalls(project, move, cache), "refused": ""})
        except Refused as error:
            rows.append({"rubric": rubric, "move": None, "overalls": None, "refused": str(error)})
    return rows


def overalls(project: Project, move: Move, cache: ProjectCache) -> Any:
    return overalls_by(project, old=move.old, new=Rubric.objects.with_content().get(pk=move.new.pk), cache=cache)
