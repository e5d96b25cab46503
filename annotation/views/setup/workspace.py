"""For managers: the annotation settings of a project."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import ValidationError
from annotation.flow.setup.workspace import error_lines, set_up
from annotation.forms.criteria import NO_FAULTS
from annotation.forms.workspace import PostedFields, posted_workspace
from annotation.models import Asked, Blur, ErrorType, Role, Workspace
from annotation.views.requests import UserRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def workspace(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    faults: Mapping[str, str] = NO_FAULTS
    if request.method == "POST":
        changes, errors = posted_workspace(request.POST)
        try:
            set_up(project=project, by=membership.user, changes=changes, errors=errors)
            messages.success(request, _("Saved."))
            return redirect("workspace", slug=slug)
        except ValidationError as error:
            faults = error.fields
    context = {
        "membership": membership,
        "workspace": PostedFields(request.POST) if faults else Workspace.objects.get(project=project),
        "errors": request.POST.get("errors", "") if faults else error_lines(ErrorType.objects.offered(project)),
        "asked": Asked.choices,
        "blur": Blur.choices,
        "faults": faults,
    }
    return render(request, "annotation/workspace/workspace.html", context, status=400 if faults else 200)
