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
from rubrics.models import ExampleImage, Rubric, may_begin_rubrics
from rubrics.packages import LARGEST_PACKAGE, is_zip, packed
from rubrics.pictures import SUFFIX, with_paths
from rubrics.versioning import content_of, load_by
from rubrics.yaml import dump, dumped, read_bytes, record_of


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
        content = file.read(LARGEST_PACKAGE + 1) if file else request.POST.get("content", "").encode()
        try:
            rubric, created = load_by(content=read_bytes(content), by=request.user)
            words = _("Saved as %(rubric)s.") if created else _("%(rubric)s has this content already.")
            messages.success(request, words % {"rubric": rubric.name})
            return redirect("rubrics:detail", rubric.slug, rubric.version)
        except BadRubric as error:
            text, fault, faults = "" if is_zip(content) else content.decode(errors="replace"), str(error), error.fields
    context = {"text": text, "fault": fault, "faults": faults}
    return render(request, "rubrics/import.html", context, status=400 if fault else 200)


@login_required
@require_safe
def download(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The version as a file, which load_rubric reads as the same content; a .zip where its examples have images."""
    rubric = get_object_or_404(Rubric.objects.visible_to(request.user).with_content(), slug=slug, version=version)
    content = content_of(rubric)
    digests = {digest for criterion in content.criteria for digest in criterion.example_images.values()}
    if not digests:
        return sent(dump(content).encode(), f"{rubric.name}.yaml", "application/yaml; charset=utf-8")
    images = ExampleImage.objects.filter(sha256__in=digests).defer("shown").order_by("sha256")
    files = {f"images/{image.sha256}.{SUFFIX[image.format]}": bytes(image.original) for image in images}
    paths = {path.removeprefix("images/").partition(".")[0]: path for path in files}
    record = dumped(with_paths(record_of(content), paths))
    return sent(packed({f"{rubric.name}.yaml": record.encode()} | files), f"{rubric.name}.zip", "application/zip")


def sent(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
