"""The results as a page: what was found in a sentence, then the tables; each figure opens its responses."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.judgements import A_MINUTE
from annotation.flow.results import results_report_at
from annotation.flow.results.files import pictures_of, text_of
from annotation.flow.results.labelled import KINDS, PLAIN
from annotation.flow.results.report import read_release
from annotation.models import Project, Release, Role, Scorer
from annotation.views.requests import UserRequest
from annotation.views.results import rows, words

KIND_NAMES = {"plain": _("plain"), "fair": _("fair")}
FORM_NAMES = {"markdown": "Markdown", "latex": "LaTeX"}
FILE_NAMES = {"csv": "CSV", **FORM_NAMES}


@vary_on_headers("HX-Request")
@login_required
@require_safe
def results(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project, fault = membership.project, ""
    try:
        kind, release, scorer = asked(project, request.GET)
        report, at = results_report_at(project, (), kind, release, scorer, behind=A_MINUTE)
    except Refused as error:
        kind, release, scorer, fault = PLAIN, None, "", str(error)
        report, at = results_report_at(project, (), behind=A_MINUTE)
    links = rows.Links(slug, release.version if release else None)
    context: dict[str, Any] = {
        "membership": membership,
        "at": at,
        "fault": fault,
        "kinds": [(name, KIND_NAMES[name], name == kind) for name in KINDS],
        "releases": [(number, number == links.release) for number in releases_of(project)],
        "scorers": [(name, name == scorer) for name in scorers_of(project)],
        "labels": report["labels"] | {"kind_name": KIND_NAMES[kind]},
        "left_out": words.left_out(report["labels"]["left_out"]),
        "sentences": words.sentences(report["headline"]),
        "warnings": list(words.warnings(report)),
        "systems": rows.systems_table(report, links),
        "criteria": [rows.criteria_table(table, links) for table in report["criteria"]],
        "groups": [rows.groups_table(report, table, links) for table in report["groups"] if table["by"] != "category"],
        "differences": rows.difference_rows(report, links),
        "errors": rows.error_tables(report["errors"], links),
        "few_labels": rows.few_labels(report["scorer"], links) if report["scorer"] else None,
        "papers": [(form, name, text_of(report, form)) for form, name in FORM_NAMES.items()],
        "files": list(FILE_NAMES.items()),
        "json": "JSON",
        "pictures": [(name, words.picture(name)) for name in pictures_of(report)],
        "query": query_of(kind, release, scorer),
    }
    template = "annotation/results/results.html#report" if request.htmx else "annotation/results/results.html"
    return render(request, template, context)


def asked(project: Project, query: QueryDict) -> tuple[str, Release | None, str]:
    """The labels that the address asks for, plain or fair, of now or of a release; and a scorer, or none. Raises Refused."""
    kind = query.get("labels", PLAIN)
    return kind if kind in KINDS else PLAIN, read_release(project, query.get("release", "")), query.get("scorer", "")


def releases_of(project: Project) -> list[int]:
    return list(Release.objects.standing().filter(project=project).order_by("-version").values_list("version", flat=True))


def scorers_of(project: Project) -> list[str]:
    return list(Scorer.objects.standing().filter(project=project).order_by("name").values_list("name", flat=True))


def query_of(kind: str, release: Release | None, scorer: str) -> str:
    """As an address takes it, for what is taken along."""
    chosen = {"labels": kind, "release": str(release.version) if release else "", "scorer": scorer}
    return urlencode({name: value for name, value in chosen.items() if value})
