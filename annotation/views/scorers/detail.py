"""One scorer: what it comes to, every figure with the guesses beside it, plots, people, where it errs, and the worst
disagreements."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.check import scorer_report_at, worst_disagreements
from annotation.flow.check.report.sentences import headline, in_words
from annotation.flow.judgements import A_MINUTE
from annotation.models import Role, Scorer
from annotation.views.requests import UserRequest
from annotation.views.scorers import charts, rows
from annotation.views.scorers.asked import choices, read
from annotation.views.scorers.words import COUNTS, SPLITS
from rubrics.models import Rubric


@login_required
@require_safe
def detail(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    scorer = get_object_or_404(Scorer.objects.for_manager(request.user).in_list(), project__slug=slug, pk=pk)
    return render(request, "annotation/scorers/scorer.html", page_of(request, scorer, ""))


def page_of(request: UserRequest, scorer: Scorer, reason: str, *, fault: str = "") -> dict[str, Any]:
    """What the page shows; `reason` and `fault` are of a withdrawal that was refused."""
    asked = read(scorer.project, request.GET)
    context: dict[str, Any] = {
        "membership": membership_or_404(request.user, scorer.project.slug, Role.MANAGER),
        "scorer": scorer,
        "runs": [run_row(run) for run in scorer.runs.all()],
        "reason": reason,
        "fault": fault,
        **choices(scorer.project, asked),
    }
    try:
        report, at = scorer_report_at(scorer, **asked.arguments, behind=A_MINUTE)
        worst = worst_disagreements(scorer, to=request.user, **asked.arguments, behind=A_MINUTE)
    except Refused as error:
        return context | {"no_labels": str(error)}
    return context | {"report": report, "at": at, "worst": worst} | contents(report, scorer)


def contents(report: dict[str, Any], scorer: Scorer) -> dict[str, Any]:
    columns = rows.measure_columns(report)
    rubrics = Rubric.objects.with_content().filter(projects=scorer.project)
    titles = {(rubric.name, item.key): item.title for rubric in rubrics for item in rubric.criteria.all()}
    plots, test = report["plots"], report["people"]["alternative_test"]
    held_out = [
        (name, report["held_out"][key]["scored"], rows.headline_cells(report["held_out"][key]["overall"]))
        for key, name in (("held_out", _("held out of training")), ("in_training", _("in training")))
        if report["held_out"]
    ]
    measures, people = rows.measure_rows(columns), list(rows.people_rows(report["people"]))
    criteria, subgroups = rows.criterion_rows(report, titles), rows.subgroup_tables(report)
    own = [row["cells"][0] for row in measures]
    return {
        "split": SPLITS[report["split"]],
        "tone": report["verdict"]["tone"],
        "headline": headline(report["verdict"]),
        "parts": in_words(report["verdict"]),
        "counts": rows.counts(report),
        "columns": [title for title, _figures in columns],
        "measures": measures,
        "intervals": any(figure.get("low") is not None for figure in own),
        "without": {
            "measures": rows.without_interval(own),
            "people": rows.without_interval(rows.cells_of(people)),
            "criteria": rows.without_interval(rows.cells_of(criteria)),
            "held_out": rows.without_interval(cell for _name, _scored, cells in held_out for cell in cells),
            "subgroups": rows.without_interval(
                row[name] for table in subgroups for row in table["rows"] for name in ("bias", "mae", "standardised")
            ),
        },
        "scatter": charts.scatter(plots),
        "differences": charts.differences(plots),
        "calibration": charts.calibration(plots, calibrated),
        "confusion": charts.confusion(plots),
        "limits": plots["differences"],
        "prmse": rows.shown(report["people"]["prmse"]["prmse"]),
        "advantage": rows.shown(test["advantage"]),
        "winning_rate": rows.shown(test["winning_rate"]),
        "test": test,
        "people": people,
        "groups": rows.group_rows(report),
        "headlines": rows.headline_names(),
        "criteria": criteria,
        "subgroups": subgroups,
        "consistency": rows.consistency_figures(report),
        "held_out": held_out,
    }


def calibrated(one: dict[str, Any]) -> str:
    told = {"level": one["level"], "n": one["n"], "label": f"{one['label']['value']:.2f}"}
    return _("scored %(level)s: %(n)s responses, mean label %(label)s") % told


def run_row(run: Any) -> dict[str, Any]:
    return {"run": run, "counts": [(name, run.counts[key]) for key, name in COUNTS.items() if run.counts.get(key)]}
