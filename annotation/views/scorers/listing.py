"""The scorers of a project with their headline figures, and the form that takes a file of scores."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.check import NoLabels, scorer_report_at
from annotation.flow.check.report.sentences import headline, sentence
from annotation.flow.check.report.verdict import TONES
from annotation.flow.jobs import queue
from annotation.flow.judgements import A_MINUTE
from annotation.forms.upload import posted_scorer
from annotation.models import Job, Release, Role, Scorer
from annotation.views.requests import UserRequest
from annotation.views.scorers.asked import Asked, choices, read
from annotation.views.scorers.rows import cells_of, headline_cells, headline_names, without_interval
from annotation.views.scorers.words import BASELINES

JOBS_SHOWN = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def listing(request: UserRequest, slug: str) -> HttpResponse:
    """POST queues a job for the uploaded file. GET shows the scorers, the form and the latest jobs."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    fault = ""
    if request.method == "POST":
        try:
            job = queue.start(project=project, by=membership.user, **posted_scorer(request.POST, request.FILES))
            return redirect("job", pk=job.pk)
        except Refused as error:
            fault = str(error)
    asked = read(project, request.GET)
    rows, guesses, labels = scorer_rows(list(Scorer.objects.filter(project=project).in_list()), asked)
    context = {
        "membership": membership,
        "rows": rows,
        "guesses": guesses,
        "labels": labels,
        "columns": headline_names(),
        "without": without_interval(cells_of(rows)),
        "standing": sum(not row["scorer"].is_withdrawn for row in rows),
        "fault": fault,
        "posted": request.POST,
        "trainable": Release.objects.standing().filter(project=project).order_by("-version"),
        "jobs": Job.objects.filter(project=project, kind=Job.Kind.CHECK_SCORER).recent(JOBS_SHOWN),
        **choices(project, asked),
    }
    return render(request, "annotation/scorers/scorers.html", context, status=400 if fault else 200)


def scorer_rows(scorers: list[Scorer], asked: Asked) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """A row per scorer, those that stand first, best first; then the baselines on the labels of one, and how many labels there
    are."""
    rows: list[dict[str, Any]] = []
    guesses: list[dict[str, Any]] = []
    labels = 0
    for scorer in scorers:
        row: dict[str, Any] = {
            "scorer": scorer,
            "runs": len(scorer.runs.all()),
            "cells": [],
            "tone": "",
            "told": "",
            "scored": None,
        }
        try:
            report = scorer_report_at(scorer, **asked.arguments, behind=A_MINUTE)[0]
        except NoLabels:
            row["told"] = _("There are no labels to check against yet.")
        else:
            verdict = report["verdict"]
            row |= {"cells": headline_cells(report["overall"]), "tone": verdict["tone"], "scored": report["scored"]}
            row |= {"told": sentence(verdict), "headline": headline(verdict)}
            labels = labels or report["labels"]
            guesses = guesses or [
                {"name": BASELINES[name], "cells": headline_cells(figures)} for name, figures in report["baselines"].items()
            ]
        rows.append(row)
    return sorted(rows, key=best_first), guesses, labels


def best_first(row: dict[str, Any]) -> tuple[bool, int, float]:
    """Scorers that stand, by their verdict, then by Pearson's r."""
    r = row["cells"][0]["value"] if row["cells"] else None
    return row["scorer"].is_withdrawn, TONES.index(row["tone"]) if row["tone"] else len(TONES), -1.0 * (r or 0.0)
