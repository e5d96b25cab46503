"""For managers: what training files ask a scorer to answer, with examples on real responses."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import Refused, ValidationError
from annotation.flow.release import Options, preview_examples
from annotation.flow.release.draft import preview_draft
from annotation.flow.setup.training import change_training, changed_training
from annotation.flow.shown import show_scores
from annotation.models import Role, TemplateName
from annotation.views.release.examples import shown_examples
from annotation.views.requests import UserRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def training(request: UserRequest, slug: str) -> HttpResponse:
    """A GET shows the settings; a POST saves them or, with `preview`, shows examples."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    settings: dict[str, Any] = {"template": project.template, "score_without_feedback": project.score_without_feedback}
    context: dict[str, Any] = {"faults": {}, "refused": "", "preview": None}
    if request.method == "POST":
        settings = {
            "template": request.POST.get("template", ""),
            "score_without_feedback": "score_without_feedback" in request.POST,
        }
        try:
            if "preview" not in request.POST:
                change_training(project=project, by=request.user, changes=settings)
                messages.success(request, _("Saved."))
                return redirect("training", slug=slug)
            draft = preview_draft(changed_training(project, settings), Options())
            context["preview"] = preview_examples(draft)
            context["examples"] = shown_examples(draft, context["preview"])
            show_scores([example.task for example in context["examples"]], to=request.user, project=project)
        except ValidationError as error:
            context["faults"] = error.fields
        except Refused as error:
            context["refused"] = str(error)
    context |= {"membership": membership, "settings": settings, "templates": TemplateName.choices}
    return render(request, "annotation/training/training.html", context, status=400 if context["faults"] else 200)
