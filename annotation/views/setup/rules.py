"""For managers: the rules for disputes and labels, each with the number of responses that it puts in dispute."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import ValidationError
from annotation.flow.labels import count_labels
from annotation.flow.labels.preview import preview_of
from annotation.flow.setup.rules import change_rules, changed_rules
from annotation.forms.rules import beside, fields, posted_agreement, posted_rules
from annotation.models import Deciders, LabelsFrom, Project, Role
from annotation.views.requests import UserRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rules(request: UserRequest, slug: str) -> HttpResponse:
    """A GET shows the rules; a POST saves them or, with `preview`, counts what they would do."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    context: dict[str, Any] = {"faults": {}, "preview": None}
    try:
        if request.method == "POST" and "preview" not in request.POST:
            return save(request, project)
        changed = changed_rules(project, posted_rules(request.POST)) if request.POST else project.rules
        context["preview"] = preview_of(project, changed, posted_agreement(request.POST))
    except ValidationError as error:
        context["faults"] = error.fields
    context |= {
        "membership": membership,
        "fields": fields(project.rules, request.POST, context["faults"]),
        "beside": beside(context["preview"], context["faults"]),
        "deciders": Deciders.choices,
        "labels_from": LabelsFrom.choices,
    }
    if request.htmx:
        return render(request, "annotation/rules/_preview.html", context)
    return render(request, "annotation/rules/rules.html", context, status=400 if context["faults"] else 200)


def save(request: UserRequest, project: Project) -> HttpResponse:
    change_rules(project=project, by=request.user, changes=posted_rules(request.POST))
    waiting = count_labels(project)["disputed"]
    said = ngettext(
        "Saved. %(waiting)s response awaits adjudication.", "Saved. %(waiting)s responses await adjudication.", waiting
    )
    messages.success(request, said % {"waiting": waiting})
    return redirect("rules", slug=project.slug)
