"""The releases of a project."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.flow.labels import count_labels
from annotation.models import Release, Role
from annotation.views.requests import UserRequest

# A manifest is the same in every language; the page shows its counts in the reader's language.
COUNTS = {
    "labelled": _("labelled"),
    "not_judged": _("incomplete"),
    "disputed": _("awaiting adjudication"),
    "unusable": _("marked unusable"),
    "not_applicable": _("without an applicable criterion"),
    "released": _("released"),
    "revised": _("resting on a revision"),
    "ratings": _("ratings"),
}


@login_required
@require_safe
def listing(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    releases = Release.objects.filter(project=membership.project).select_related("made_by")
    context = {
        "membership": membership,
        "releases": [(release, counts(release)) for release in releases],
        "labels": count_labels(membership.project),
    }
    return render(request, "annotation/release/releases.html", context)


def counts(release: Release) -> list[tuple[str, int]]:
    """The release's counts in the page's order: a database keeps no order of keys."""
    numbers = release.manifest["counts"]
    return [(str(word), numbers[name]) for name, word in COUNTS.items() if name in numbers]
