"""Rubric files by page: uploaded or pasted as load_rubric takes them, and downloaded."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from rubrics.checks import BadRubric
from rubrics.models import Rubric, may_begin_rubrics
from rubrics.versioning import content_of, load_by
from rubrics.yaml import dump, read_bytes


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def upload(request: HttpRequest) -> HttpResponse:
    """A file that is refused stands in the field, where it can be mended."""
    if not may_begin_rubrics(request.user):
        raise PermissionDenied
    text, fault, faults = "", "", {}
    if request.method == "POST":
        file = request.FILES.get("file")
        content = file.read() if file else request.POST.get("content", "").encode()
        try:
            rubric, created = load_by(content=read_bytes(content), by=request.user)
            words = _("Saved as %(rubric)s.") if created else _("%(rubric)s has this content already.")
            messages.success(request, words % {"rubric": rubric.name})
            return redirect("rubrics:detail", rubric.slug, rubric.version)
        except BadRubric as error:
            text, fault, faults = content.decode(errors="replace"), str(error), error.fields
    context = {"text": text, "fault": fault, "faults": faults}
    return render(request, "rubrics/import.html", context, status=400 if fault else 200)


@login_required
@require_safe
def download(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The version as a file, which load_rubric reads as the same content."""
    rubric = get_object_or_404(Rubric.objects.visible_to(request.user).with_content(), slug=slug, version=version)
    return HttpResponse(
        dump(content_of(rubric)),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{rubric.name}.yaml"'},
    )
