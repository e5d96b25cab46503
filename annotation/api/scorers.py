"""The scorers of a project: list them, upload scores, read one with its report, withdraw it. For managers: no score of a
single response is in any answer."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.load import job_content
from annotation.api.shapes import scorers as shapes
from annotation.errors import ValidationError
from annotation.fields import whole_number
from annotation.flow import check
from annotation.flow.jobs import queue
from annotation.forms.upload import posted_scorer
from annotation.models import Project, Role, Scorer, ScorerRun


def scorer_of(request: Request, slug: str, pk: int) -> Scorer:
    return get_object_or_404(Scorer.objects.for_manager(request.user).in_list(), project__slug=slug, pk=pk)


def run_content(run: ScorerRun) -> dict[str, Any]:
    return {
        "number": run.number,
        "run": run.label,
        "file": run.file_name,
        "sha256": run.sha256,
        "scale": None if run.scale_low is None else {"low": run.scale_low, "high": run.scale_high},
        "made_at": run.made_at,
        "made_by": run.made_by and run.made_by.username,
        "counts": run.counts,
    }


def row(scorer: Scorer) -> dict[str, Any]:
    withdrawn_by = scorer.withdrawn_by and scorer.withdrawn_by.username
    withdrawn = {"at": scorer.withdrawn_at, "by": withdrawn_by, "reason": scorer.withdrawn_reason}
    return {
        "id": scorer.pk,
        "name": scorer.name,
        "made_at": scorer.made_at,
        "made_by": scorer.made_by and scorer.made_by.username,
        "trained_on": scorer.trained_on and scorer.trained_on.version,
        "withdrawn": withdrawn if scorer.is_withdrawn else None,
        "runs": [run_content(run) for run in scorer.runs.all()],
    }


def chosen_labels(request: Request, project: Project) -> dict[str, Any]:
    """The split and the release of the report. Raises Refused."""
    asked = request.query_params.get("release", "")
    number = whole_number(asked)
    if asked and number is None:
        raise ValidationError({"release": _("expected the number of a release")})
    release = None if number is None else check.standing_release(project, number)
    return {"split": request.query_params.get("split", "check"), "release": release}


@extend_schema(methods=["GET"], responses={200: shapes.ScorerRow(many=True)} | schema.HIDDEN)
@extend_schema(
    methods=["POST"],
    request=shapes.ScorerUpload,
    responses={202: schema.Job} | schema.BAD | schema.HIDDEN | schema.LARGE,
)
@api_view(["GET", "POST"])
@parser_classes([MultiPartParser])
def listing(request: Request, slug: str) -> Response:
    """The scorers with their runs, by name; a POST keeps a file of scores in a job, whose report has its counts. For managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    if request.method == "GET":
        return Response([row(scorer) for scorer in Scorer.objects.filter(project=project).in_list()])
    body = posted_scorer(dict(request.data.items()), request.FILES)
    return Response(job_content(queue.start(project=project, by=caller(request), **body)), status=202)


@extend_schema(parameters=[shapes.SPLIT, shapes.RELEASE], responses={200: shapes.ScorerDetail} | schema.BAD | schema.HIDDEN)
@api_view(["GET"])
def detail(request: Request, slug: str, pk: int) -> Response:
    """One scorer, with the report of all its runs against labels. For managers."""
    scorer = scorer_of(request, slug, pk)
    return Response(row(scorer) | {"report": check.report_if_labels(scorer, **chosen_labels(request, scorer.project))})


@extend_schema(request=shapes.WithdrawReason, responses={200: shapes.ScorerRow} | schema.BAD | schema.DONE)
@api_view(["POST"])
def withdraw(request: Request, slug: str, pk: int) -> Response:
    """Withdraw it, with a reason. It stays with its runs, and gets no further one. For managers."""
    body = request.data if isinstance(request.data, dict) else {}
    check.withdraw(scorer=scorer_of(request, slug, pk), reason=body.get("reason"), by=caller(request))
    return Response(row(scorer_of(request, slug, pk)))


@extend_schema(
    parameters=[shapes.SCORERS, shapes.SPLIT, shapes.RELEASE],
    responses={200: shapes.ScorersCompared} | schema.BAD | schema.HIDDEN,
)
@api_view(["GET"])
def compare(request: Request, slug: str) -> Response:
    """Two scorers or more on the labelled responses that all of them score, with paired intervals of the differences. For
    managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    numbers = [whole_number(asked) for asked in request.query_params.getlist("scorer")]
    of_project = {scorer.pk: scorer for scorer in Scorer.objects.filter(project=project)}
    if unknown := [
        asked for asked, number in zip(request.query_params.getlist("scorer"), numbers, strict=True) if number not in of_project
    ]:
        raise ValidationError(
            {"scorer": _('expected the number of a scorer of this project, not "%(text)s"') % {"text": unknown[0][:100]}}
        )
    chosen = [of_project[number] for number in numbers if number is not None]
    return Response(check.compare_scorers(project, chosen, **chosen_labels(request, project)))
