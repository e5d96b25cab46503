"""The releases of a project, and what one would hold now."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.flow.labels import count_labels
from annotation.models import Job, Release, Role
from annotation.views.release.words import COUNTS, SPLITS
from annotation.views.requests import UserRequest

JOBS_SHOWN = 10


@login_required
@require_safe
def listing(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    jobs = list(Job.objects.filter(project=project, kind=Job.Kind.RELEASE).recent(JOBS_SHOWN))
    context = {
        "membership": membership,
        "releases": [release_row(release) for release in Release.objects.filter(project=project).in_list()],
        "labels": count_labels(project),
        "making": [job for job in jobs if job.ended_at is None],
        "jobs": [job for job in jobs if job.ended_at],
    }
    return render(request, "annotation/release/releases.html", context)


def release_row(release: Any) -> dict[str, Any]:
    """Splits that hold something, in the order in which they are made: a database keeps no order of keys."""
    splits = [(word, release.splits[name]) for name, word in SPLITS.items() if release.splits.get(name)]
    return {"release": release, "splits": splits, "counts": counts_of(release.counts)}


def counts_of(counts: Mapping[str, int]) -> list[tuple[Any, int]]:
    return [(word, counts[name]) for name, word in COUNTS.items() if name in counts]
