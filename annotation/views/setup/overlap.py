"""For managers: how many annotators score each response, what a change would do, and the job that makes it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import ValidationError
from annotation.flow.jobs.queue import start_overlap
from annotation.flow.overlap import plan, read_overlap
from annotation.forms.criteria import NO_FAULTS
from annotation.forms.project import fields, overlap_values, posted_overlap
from annotation.models import Job, Role
from annotation.views.requests import UserRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def overlap(request: UserRequest, slug: str) -> HttpResponse:
    """A POST starts the job or, with `preview`, counts what it would do."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    faults: Mapping[str, str] = NO_FAULTS
    preview = None
    if request.method == "POST":
        try:
            changes = posted_overlap(request.POST)
            if "preview" not in request.POST:
                return redirect("job", pk=start_overlap(project=project, changes=changes, by=request.user).pk)
            preview = plan(project, read_overlap(changes, project))
        except ValidationError as error:
            faults = error.fields
    context: dict[str, Any] = {
        "membership": membership,
        "fields": fields(overlap_values(project), request.POST if request.method == "POST" else None, faults),
        "faults": faults,
        "now": plan(project),
        "preview": preview,
        "job": Job.objects.filter(project=project, kind=Job.Kind.SET_OVERLAP, ended_at=None).order_by("-pk").first(),
    }
    return render(request, "annotation/projects/overlap.html", context, status=400 if faults else 200)
