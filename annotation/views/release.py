"""What a project has released."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotation.flow.label import label_counts, labels
from annotation.models import Release, Role
from annotation.permissions import membership_or_404


@login_required
@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    context = {
        "membership": membership,
        "releases": Release.objects.filter(project=membership.project).select_related("made_by"),
        "labels": label_counts(labels(membership.project)),
    }
    return render(request, "annotation/releases.html", context)
