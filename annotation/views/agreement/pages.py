"""The agreement report as pages: by criterion and group, and by annotator. Each number opens the responses behind it."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.agree import agreement_report_at, weeks
from annotation.flow.agree.drilldown import OVERALL
from annotation.flow.agree.paper import counts_of, papers
from annotation.flow.agree.report import GROUPINGS, MOST_GROUPS
from annotation.flow.judgements.cache import A_MINUTE
from annotation.models import Project, Role
from annotation.views.agreement import rows
from annotation.views.agreement.annotators import groups_of
from annotation.views.agreement.fair import fair_rows
from annotation.views.agreement.groups import BY_ALPHA, BY_NAME, group_tables
from annotation.views.agreement.label_rows import d_study, label_rows
from annotation.views.agreement.labels import COLUMNS
from annotation.views.agreement.over_time import over_time
from annotation.views.requests import UserRequest
from rubrics.models import Rubric

FORM_NAMES = {"text": "Text", "markdown": "Markdown", "latex": "LaTeX"}


class ChartSubject(NamedTuple):
    """The criterion that the charts show; `criterion` is None for all rated criteria together."""

    rubric: Rubric
    criterion: str | None
    title: str


@vary_on_headers("HX-Request")
@login_required
@require_safe
def agreement(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    by = [column for column in request.GET.getlist("by") if column in GROUPINGS]
    try:
        report, at = agreement_report_at(project, by, behind=A_MINUTE, most_groups=MOST_GROUPS)
        fault = ""
    except Refused as error:
        (report, at), by, fault = agreement_report_at(project, behind=A_MINUTE), [], str(error)
    rubrics = rubrics_of(project, report)
    chosen = chart_subject(rubrics, request.GET.get("of", ""))
    context = {
        "membership": membership,
        "at": at,
        "by": by,
        "fault": fault,
        "groupings": [(column, COLUMNS[column]) for column in GROUPINGS],
        "counts": counts_of(report) | ({"responses": None} if "week" in by else {}),  # pairs of two weeks are in no group
        "rubrics": rubrics,
        "not_independent": report["not_independent"],
        "warnings": rows.warning_rows(slug, report["warnings"]),
        "chosen": chosen,
        **(charts_of(project, report, chosen) if chosen else {}),
    }
    if by:
        order = BY_ALPHA if request.GET.get("sort") == BY_ALPHA else BY_NAME
        parts = group_tables(slug, report["groups"], rubrics, order=order, opened=request.GET.get("open", ""))
        context |= {"order": order, "parts": parts}
    else:
        tables = rows.tables(slug, report, rubrics)
        context["tables"] = [table | {"labels": label_rows(slug, table, report["labels"])} for table in tables]
        context["study"] = d_study(report["groups"][0]["criteria"], chosen.rubric.name, chosen.criterion) if chosen else None
        context["fair"] = fair_rows(report["fair"], rubrics)
        context["papers"] = [(form, FORM_NAMES[form], text) for form, text in papers(project, report).items()]
    template = "annotation/agreement/agreement.html#report" if request.htmx else "annotation/agreement/agreement.html"
    return render(request, template, context)


@vary_on_headers("HX-Request")
@login_required
@require_safe
def annotators(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    report, at = agreement_report_at(membership.project, behind=A_MINUTE)
    rubrics, opened = rubrics_of(membership.project, report), request.GET.get("open", "")
    context = {
        "membership": membership,
        "at": at,
        "parts": [(rubric, groups_of(slug, report["annotators"], rubric.name, opened)) for rubric in rubrics],
    }
    template = "annotation/agreement/annotators.html"
    return render(request, f"{template}#people" if request.htmx else template, context)


def rubrics_of(project: Project, report: dict[str, Any]) -> list[Rubric]:
    """The rubrics in the order of the report."""
    names = list(dict.fromkeys(row["rubric"] for row in report["confusions"]))
    rubrics = {rubric.name: rubric for rubric in Rubric.objects.with_content().filter(projects=project)}
    return [rubrics[name] for name in names if name in rubrics]


def chart_subject(rubrics: list[Rubric], of: str) -> ChartSubject | None:
    """Read `of`: a rubric's name, a slash and the key of a rated criterion, or no key for all. By default the first rubric."""
    name, _slash, key = of.partition("/")
    rubric = next((item for item in rubrics if item.name == name), rubrics[0] if rubrics else None)
    if rubric is None:
        return None
    criterion = next((item for item in rubric.criteria.all() if item.is_rated and item.key == key), None)
    return ChartSubject(rubric, criterion.key if criterion else None, criterion.title if criterion else _("All criteria"))


def charts_of(project: Project, report: dict[str, Any], chosen: ChartSubject) -> dict[str, Any]:
    of = (chosen.rubric.name, chosen.criterion)
    key = chosen.criterion or OVERALL
    weekly = weeks.over_time(project, chosen.rubric.name, key, behind=A_MINUTE)
    return {
        "pairs": rows.pairs_of(project.slug, report["pairs"], *of),
        "pair_rows": rows.pair_rows(project.slug, report["pairs"], *of),
        "confusion": rows.confusion_matrix(project.slug, report["confusions"], *of),
        "over_time": over_time(project.slug, weekly, chosen.rubric.name, key) if weekly["weeks"] else None,
    }
