"""Pages on which a rubric is written: a new one, a draft in place, the next version of a frozen one; and frozen."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rubrics import versioning
from rubrics.checks import BadRubric, Faults
from rubrics.form import blank_record, form_of, posted_record, rearranged, with_image, with_translations
from rubrics.models import Category, Criterion, Rubric, may_begin_rubrics
from rubrics.pictures import LARGEST
from rubrics.preview import preview_of
from rubrics.yaml import parse, record_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    if not may_begin_rubrics(request.user):
        raise PermissionDenied
    return answer(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """A draft is changed in place; what is written of a frozen version becomes its next one."""
    writable = Rubric.objects.writable_by(request.user).with_content()
    return answer(request, get_object_or_404(writable, slug=slug, version=version))


def answer(request: HttpRequest, rubric: Rubric | None) -> HttpResponse:
    """A POST saves, or does what its `action` says with the form and saves nothing. What was typed stays in either case."""
    record = record_of(versioning.content_of(rubric)) if rubric else blank_record()
    was, fault = rubric.content_hash if rubric else "", ""
    faults: dict[str, str] = {}
    action = request.POST.get("action", "save")
    if request.method == "POST":
        record, was = posted_record(request.POST), request.POST.get("was", "")
        record, faults = with_uploads(record, request)
        if action == "save" and not faults:
            try:
                saved = save(request.user, rubric, record, was)
                messages.success(request, _("Saved as %(rubric)s.") % {"rubric": saved.name})
                return redirect("rubrics:detail", saved.slug, saved.version)
            except BadRubric as error:
                faults = error.fields
            except versioning.Conflict as error:
                fault, was = str(error), rubric.content_hash if rubric else ""
        record = rearranged(record, action)
    context = {
        "rubric": rubric,
        "was": was,
        "form": form_of(record, faults),
        "fault": fault,
        "preview": preview_of(record, request.POST),
        "methods": Rubric.Overall.choices,
        "roundings": Rubric.Rounding.choices,
        "not_applicable": Criterion.NotApplicable.choices,
        "categories": Category.choices,
    }
    return render(request, "rubrics/edit.html", context, status=400 if faults else 409 if fault else 200)


def with_uploads(record: dict[str, Any], request: HttpRequest) -> tuple[dict[str, Any], dict[str, str]]:
    """The record with the images that were uploaded for examples, which are stored at once: no browser sends a file a second
    time. With the faults of those that are none."""
    faults = Faults()
    for number in range(1, len(record["criteria"]) + 1):
        name = f"criteria[{number}].upload"
        if file := request.FILES.get(name):
            digest = faults.check(versioning.add_image, content=file.read(LARGEST + 1), field=name)
            record = with_image(record, str(number), request.POST.get(f"{name}_level", ""), digest) if digest else record
    return record, faults.fields


def save(user: Any, rubric: Rubric | None, record: dict[str, Any], was: str) -> Rubric:
    content = parse(with_translations(record))
    if rubric is None:
        return versioning.begin(content=content, by=user)
    return versioning.write(rubric=rubric, content=content, by=user, was=was)


@login_required
@require_POST
def freeze(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    rubric = get_object_or_404(Rubric.objects.writable_by(request.user), slug=slug, version=version)
    versioning.freeze(rubric=rubric)
    messages.success(request, _("%(rubric)s is frozen.") % {"rubric": rubric.name})
    return redirect("rubrics:detail", slug, version)
