"""One release: what its splits hold, how far the annotators agreed, who downloaded it, its files."""

from collections import Counter
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.models import Download, Membership, Project, Release, Role
from annotation.views.agreement.rows import Row, tables
from annotation.views.release.contents import contents_of, reasons_of
from annotation.views.release.listing import counts_of
from annotation.views.requests import UserRequest
from rubrics.models import Rubric

FILES_PER_PAGE, DOWNLOADS_SHOWN = 100, 20


class File(NamedTuple):
    name: str
    size: int | None  # None where the files are not stored here
    digest: str


def membership_and_release(request: UserRequest, slug: str, version: int) -> tuple[Membership, Release]:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    releases = Release.objects.for_manager(request.user).with_state()
    return membership, get_object_or_404(releases, project=membership.project, version=version)


@login_required
@require_safe
@never_cache
def overview(request: UserRequest, slug: str, version: int) -> HttpResponse:
    membership, release = membership_and_release(request, slug, version)
    return render(request, "annotation/release/release.html", overview_content(membership, release))


def overview_content(membership: Membership, release: Release) -> dict[str, Any]:
    manifest = release.manifest
    downloads = Download.objects.filter(release=release).select_related("by")
    return {
        "membership": membership,
        "release": release,
        "counts": counts_of(manifest["counts"]),
        "contents": contents_of(manifest["splits"]) if "splits" in manifest else None,  # older ones say less
        "left_out": reasons_of(Counter(row["reason"] for row in manifest["left_out"])),
        "tables": agreement_tables(membership.project, manifest),
        "size": sum(release.files.sizes.values()) if release.is_stored else None,
        "downloads": downloads[:DOWNLOADS_SHOWN],
        "downloaded": downloads.count(),
    }


def agreement_tables(project: Project, manifest: dict[str, Any]) -> list[Row]:
    """A table per rubric of the release, as the agreement page has them; their figures never change."""
    groups = manifest["agreement"]
    names = {row["rubric"] for group in groups for row in group["criteria"]}
    rubrics = [rubric for rubric in Rubric.objects.with_content().filter(projects=project) if rubric.name in names]
    return tables(project.slug, {"groups": groups}, rubrics) if len(groups) == 1 else []


@login_required
@require_safe
def files(request: UserRequest, slug: str, version: int) -> HttpResponse:
    membership, release = membership_and_release(request, slug, version)
    sizes = release.files.sizes if release.is_stored else {}
    listed = [File(name, sizes.get(name), digest) for name, digest in sorted(release.manifest["files"].items())]
    context = {
        "membership": membership,
        "release": release,
        "size": sum(sizes.values()),
        "page": Paginator(listed, FILES_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "annotation/release/files.html", context)
