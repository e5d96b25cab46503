"""For managers who may create projects: a copy of a project without its people and scores."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404, refuse_unless_creator
from annotation.errors import ValidationError
from annotation.flow.jobs.queue import start_copy
from annotation.forms.criteria import NO_FAULTS
from annotation.forms.project import fields, slug_of
from annotation.models import Role
from annotation.views.requests import UserRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def copy(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    refuse_unless_creator(request.user)
    faults: Mapping[str, str] = NO_FAULTS
    if request.method == "POST":
        title = request.POST.get("title", "").strip()
        named = {"title": title, "slug": request.POST.get("slug", "").strip() or slug_of(title)}
        try:
            made, job = start_copy(source=membership.project, **named, data="data" in request.POST, by=request.user)
            messages.success(request, _("%(project)s is created.") % {"project": made.title})
            return redirect("job", pk=job.pk) if job else redirect("steps", slug=made.slug)
        except ValidationError as error:
            faults = error.fields
    stored = {"title": _("%(title)s (copy)") % {"title": membership.project.title}, "slug": ""}
    context = {
        "membership": membership,
        "fields": fields(stored, request.POST if request.method == "POST" else None, faults),
        "faults": faults,
        "data": "data" in request.POST,
    }
    return render(request, "annotation/projects/copy.html", context, status=400 if faults else 200)
