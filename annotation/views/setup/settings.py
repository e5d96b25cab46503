"""For managers: a project's own settings, what each changes, and what can no longer be changed."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import may_create_projects, membership_or_404
from annotation.errors import ValidationError
from annotation.flow.setup.settings import change_settings, fixed_settings, settings_of
from annotation.forms.criteria import NO_FAULTS
from annotation.forms.project import choices, fields, posted_settings
from annotation.models import Project, Role
from annotation.views.requests import UserRequest
from rubrics.models import Rubric


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def settings(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    fixed = fixed_settings(project)
    faults: Mapping[str, str] = NO_FAULTS
    if request.method == "POST":
        try:
            change_settings(project=project, by=request.user, changes=posted_settings(request.POST, fixed))
            messages.success(request, _("Saved."))
            return redirect("settings", slug=slug)
        except ValidationError as error:
            faults = error.fields
    stored = settings_of(project)
    chosen = request.POST.getlist("rubrics") if faults else stored["rubrics"]
    context: dict[str, Any] = {
        "membership": membership,
        "project": project,
        "fields": fields(stored, request.POST if faults else None, faults),
        "faults": faults,
        "fixed": fixed,
        "rubrics": [link.rubric for link in project.project_rubrics.select_related("rubric")],
        "categories": [] if "rubrics" in fixed else choices(list(Rubric.objects.newest()), chosen),
        "may_create": may_create_projects(request.user),
        "actions": actions(project),
        "share": f"{100 * project.larger_share:.10g}",
    }
    return render(request, "annotation/projects/settings.html", context, status=400 if faults else 200)


def actions(project: Project) -> list[tuple[str, str]]:
    """What can be done with the project as it is, each with its words."""
    if project.archived_at:
        return [("unarchive", _("Take back from the archive"))]
    change = ("open", _("Open again")) if project.closed_at else ("close", _("Close"))
    return [change, ("archive", _("Archive"))]
