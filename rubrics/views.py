from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from rubrics.models import Rubric, may_begin_rubrics
from rubrics.payload import rubric_content


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
        "content": rubric_content(rubric),
        "is_writable": Rubric.objects.writable_by(request.user).filter(pk=rubric.pk).exists(),
        "draft": newest if newest and not newest.frozen_at and newest.pk != rubric.pk else None,
    }
    return render(request, "rubrics/detail.html", context)
