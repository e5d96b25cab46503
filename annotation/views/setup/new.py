"""Making a project: for administrators and whom they let."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import refuse_unless_creator
from annotation.errors import ValidationError
from annotation.flow.setup.projects import create_project
from annotation.forms.criteria import NO_FAULTS
from annotation.forms.project import NEW, choices, fields, posted_project
from annotation.views.requests import UserRequest
from rubrics.models import Rubric


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: UserRequest) -> HttpResponse:
    refuse_unless_creator(request.user)
    faults: Mapping[str, str] = NO_FAULTS
    if request.method == "POST":
        try:
            project = create_project(**posted_project(request.POST), by=request.user)
            messages.success(request, _("%(project)s is created.") % {"project": project.title})
            return redirect("steps", slug=project.slug)
        except ValidationError as error:
            faults = error.fields
    chosen = request.POST.getlist("rubrics")
    context: dict[str, Any] = {
        "fields": fields(NEW, request.POST if request.method == "POST" else None, faults),
        "categories": choices(list(Rubric.objects.newest()), chosen),
        "faults": faults,
    }
    return render(request, "annotation/projects/new.html", context, status=400 if faults else 200)
