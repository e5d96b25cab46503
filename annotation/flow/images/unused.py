"""Deletes the rows of images that somebody uploaded in a form which was never saved; their files are then without a row."""

from datetime import timedelta
from itertools import chain, groupby

from django.db import transaction
from django.utils import timezone

from annotation.models import Image, Project, Query, ReferenceRevision, Response
from annotation.sql.blocks import ImageDigests

UNSAVED = timedelta(days=7)  # for which a form may stay open in a browser


def delete_unused(*, dry_run: bool = False) -> int:
    """How many there were. It is the caller's turn: no load is under way that found an image there and goes on to name it."""
    uploaded = Image.objects.filter(uploaded_at__lt=timezone.now() - UNSAVED).order_by("project", "pk")
    images = groupby(list(uploaded), key=lambda image: image.project_id)
    return sum(delete_of_project(project, list(some), dry_run=dry_run) for project, some in images)


def delete_of_project(project: int, images: list[Image], *, dry_run: bool) -> int:
    """Nobody waits where all are in use, as most are."""
    unused = not_in_use(project, images)
    if dry_run or not unused:
        return len(unused)
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project)  # whoever saves a reference answer waits, and then looks
        still = Image.objects.filter(pk__in=[image.pk for image in unused], uploaded_at__lt=timezone.now() - UNSAVED)
        unused = not_in_use(project, list(still))
        Image.objects.filter(pk__in=[image.pk for image in unused]).delete()
    return len(unused)


def not_in_use(project: int, images: list[Image]) -> list[Image]:
    used = digests_in_use(project)
    return [image for image in images if image.sha256 not in used]


def digests_in_use(project: int) -> set[str]:
    queries = Query.objects.filter(project=project).order_by()
    found = chain(
        queries.values_list(ImageDigests("blocks"), flat=True),
        queries.exclude(correct_answer=None).values_list(ImageDigests("correct_answer"), flat=True),
        Response.objects.filter(query__project=project).order_by().values_list(ImageDigests("blocks"), flat=True),
        ReferenceRevision.objects.filter(answer__query__project=project)
        .order_by()
        .values_list(ImageDigests("blocks"), flat=True),
    )
    return set(chain.from_iterable(digests.split() for digests in found if digests))
