from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rubrics.comparison import compare
from rubrics.models import Rubric, may_begin_rubrics
from rubrics.payload import rubric_content
from rubrics.versioning import content_of


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    rubrics = Rubric.objects.visible_to(request.user).annotate(size=Count("criteria"))
    return render(request, "rubrics/list.html", {"rubrics": rubrics, "may_begin": may_begin_rubrics(request.user)})


@login_required
@require_safe
def detail(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    rubric = get_object_or_404(Rubric.objects.visible_to(request.user).with_content(), slug=slug, version=version)
    newest = Rubric.objects.latest_of(slug)
    context = {
        "rubric": rubric,
        "content": rubric_content(rubric, get_language()),
        "is_writable": Rubric.objects.writable_by(request.user).filter(pk=rubric.pk).exists(),
        "versions": Rubric.objects.visible_to(request.user).filter(slug=slug).exclude(pk=rubric.pk),
        "projects": rubric.projects_of(request.user),
        "draft": newest if newest and not newest.frozen_at and newest.pk != rubric.pk else None,
    }
    return render(request, "rubrics/detail.html", context)


@login_required
@require_safe
def comparison(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Two versions side by side: `with` is the earlier one, by default the version before."""
    old, new = both_versions(request.user, slug, version, request.GET.get("with", ""))
    context = {
        "old": old,
        "new": new,
        "comparison": compare(content_of(old), content_of(new)),
    }
    return render(request, "rubrics/compare.html", context)


def both_versions(user: Any, slug: str, version: int, other: str) -> tuple[Rubric, Rubric]:
    """The other version and this one. Raises Http404 unless the person may see both."""
    visible = Rubric.objects.visible_to(user).with_content().filter(slug=slug)
    new = get_object_or_404(visible, version=version)
    earlier = int(other) if other.isascii() and other.isdecimal() and len(other) < 6 else 0
    old = visible.filter(version=earlier).first() if other else visible.filter(version__lt=version).first()
    if old is None:
        raise Http404
    return old, new
