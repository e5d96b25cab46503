"""Makes a release: its options, what it would hold, and the job."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import Refused, ValidationError
from annotation.flow.jobs import queue
from annotation.forms.release import DIVISIONS, KEEP, posted_options, release_command, release_options
from annotation.models import Project, Release, Response, Role, TemplateName
from annotation.views.release.plan import read_plan
from annotation.views.requests import UserRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: UserRequest, slug: str) -> HttpResponse:
    """GET shows the form with what a release would hold; a POST queues the job or, with `preview`, shows that again.

    What would be refused is refused here, and not by the job.
    """
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    posted = posted_options(request.POST)
    context: dict[str, Any] = {"plan": None, "faults": {}, "refused": ""}
    try:
        options = release_options(posted)
        context["command"] = release_command(slug, options, next_version(project))
        context["plan"] = read_plan(project, options)
        if request.method == "POST" and "preview" not in request.POST:
            return redirect("job", pk=queue.start_release(project=project, options=options, by=request.user).pk)
    except ValidationError as error:
        context["faults"] = error.fields
    except Refused as error:
        context["refused"] = str(error)
    context |= {
        "membership": membership,
        "posted": posted,
        "templates": TemplateName.choices,
        "division": request.POST.get("division", KEEP),
        "divisions": DIVISIONS.items() if Release.objects.filter(project=project).exists() else [],
        "systems": Response.objects.filter(query__project=project).order_by("system").values_list("system", flat=True).distinct(),
    }
    if request.htmx:
        return render(request, "annotation/release/new.html#plan", context)
    refused = request.method == "POST" and context["plan"] is None
    return render(request, "annotation/release/new.html", context, status=400 if refused else 200)


def next_version(project: Project) -> int:
    newest = Release.objects.filter(project=project).order_by("-version").values_list("version", flat=True).first()
    return (newest or 0) + 1
