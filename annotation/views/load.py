"""Importing by page: a manager uploads a file, follows the job, and reads its report."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotation.access.membership import membership_or_404
from annotation.errors import MOST_ALONE, AlreadyDone, Refused, quoted
from annotation.flow.jobs import queue
from annotation.flow.setup.steps import next_step
from annotation.forms.upload import FORMATS, posted_upload
from annotation.models import Job, Role
from annotation.pages import title_of
from annotation.views.agreement.rows import warning_rows
from annotation.views.requests import UserRequest
from annotation.views.setup.steps import row_of

COUNTS = {
    "queries": gettext_lazy("queries"),
    "correct_answers": gettext_lazy("correct answers"),
    "responses": gettext_lazy("responses"),
    "references": gettext_lazy("reference answers"),
    "images": gettext_lazy("images"),
    "tasks": gettext_lazy("tasks"),
    "skipped": gettext_lazy("already there"),
    "not_first": gettext_lazy("ratings that are no first judgement"),
    "possible_duplicates": gettext_lazy("possible duplicates"),
    "annotations": gettext_lazy("judgements"),
    "scores": gettext_lazy("scores"),
    "annotators": gettext_lazy("new annotators"),
    "slots": gettext_lazy("added slots"),
    "missing": gettext_lazy("missing originals"),
    "released": gettext_lazy("released"),
    "slots_added": gettext_lazy("added slots"),
    "slots_withdrawn": gettext_lazy("withdrawn slots"),
    "kept": gettext_lazy("responses with more judgements, which stay"),
}
# the page on which a job was started, under which it stands
STARTED_ON = {
    Job.Kind.LOAD_ITEMS: "material",
    Job.Kind.LOAD_SCORES: "material",
    Job.Kind.PREPARE_IMAGES: "material",
    Job.Kind.RELEASE: "releases",
    Job.Kind.CHECK_SCORER: "scorers",
    Job.Kind.SET_OVERLAP: "overlap",
    Job.Kind.COPY_DATA: "project",
}
IMPORTS = (Job.Kind.LOAD_ITEMS, Job.Kind.LOAD_SCORES, Job.Kind.COPY_DATA)
JOBS_SHOWN = 20
REJECTIONS_PER_PAGE = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def material(request: UserRequest, slug: str) -> HttpResponse:
    """POST queues a job for the uploaded file. GET shows the form and the latest jobs."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    fault = ""
    if request.method == "POST":
        try:
            job = queue.start(project=membership.project, by=membership.user, **posted_upload(request.POST, request.FILES))
            return redirect("job", pk=job.pk)
        except Refused as error:
            fault = str(error)
    latest = Job.objects.filter(project=membership.project).exclude(kind=Job.Kind.RELEASE).recent(JOBS_SHOWN)
    context = {"membership": membership, "fault": fault, "posted": request.POST, "jobs": latest, "formats": FORMATS}
    return render(request, "annotation/load/import.html", context, status=400 if fault else 200)


@login_required
@require_safe
@never_cache
def job(request: UserRequest, pk: int) -> HttpResponse:
    queued = get_object_or_404(Job.objects.for_manager(request.user), pk=pk)
    report = queued.report or {}
    above = STARTED_ON[Job.Kind(queued.kind)]
    context: dict[str, Any] = {
        "membership": membership_or_404(request.user, queued.project.slug, Role.MANAGER),
        "job": queued,
        "above": above,
        "above_title": title_of(above),
        "counts": {COUNTS.get(key, key): value for key, value in report.items() if isinstance(value, int) and key != "release"},
        "kinds": [kind for kind in report.get("kinds", []) if kind["count"] > MOST_ALONE],
        "spellings": [", ".join(map(quoted, spellings)) for spellings in report.get("spellings", [])],
        "warnings": warning_rows(queued.project.slug, report.get("warnings", [])),
        "phase": _(queued.phase) if queued.phase else "",
        "told": f"{queued.state}-{queued.phase}",
        "page": Paginator(report.get("rejected", []), REJECTIONS_PER_PAGE).get_page(request.GET.get("page")),
    }
    if queued.outcome == Job.Outcome.DONE and queued.kind in IMPORTS and not queued.options.get("dry_run"):
        step = next_step(queued.project)
        context["next_step"] = step and row_of(step)
    template = "annotation/load/job.html#job" if request.htmx else "annotation/load/job.html"
    return render(request, template, context)


@login_required
@require_POST
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    queued = get_object_or_404(Job.objects.for_manager(request.user), pk=pk)
    try:
        queue.cancel(job=queued, by=request.user)
    except AlreadyDone as error:
        messages.info(request, str(error))
    return redirect("job", pk=pk)


@login_required
@require_POST
def retry(request: UserRequest, pk: int) -> HttpResponse:
    queued = get_object_or_404(Job.objects.for_manager(request.user), pk=pk)
    try:
        queue.retry(job=queued, by=request.user)
    except Refused as error:
        messages.info(request, str(error))
    return redirect("job", pk=pk)
