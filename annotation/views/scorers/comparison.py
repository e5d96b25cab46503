"""Scorers side by side, as MMIE's Table 5: on the same responses, with paired differences, to copy as Markdown and LaTeX."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.fields import whole_number
from annotation.flow.check import compare_scorers_at, compared_as_text
from annotation.flow.judgements import A_MINUTE
from annotation.models import Role, Scorer
from annotation.views.agreement.charts import about_zero, interval
from annotation.views.requests import UserRequest
from annotation.views.scorers.asked import choices, read
from annotation.views.scorers.rows import SIGNED, cells_of, shown, without_interval
from annotation.views.scorers.words import BASELINES, MEASURES, SPLITS

FORMS = {"markdown": "Markdown", "latex": "LaTeX"}


@login_required
@require_safe
def comparison(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    scorers = list(Scorer.objects.filter(project=project).in_list())
    numbers = {whole_number(asked) for asked in request.GET.getlist("scorer")}
    chosen = [scorer for scorer in scorers if scorer.pk in numbers]
    asked = read(project, request.GET)
    context: dict[str, Any] = {
        "membership": membership,
        "scorers": scorers,
        "chosen": chosen,
        **choices(project, asked),
    }
    if not request.GET.getlist("scorer"):
        return render(request, "annotation/scorers/compare.html", context)
    try:
        compared, at = compare_scorers_at(project, chosen, **asked.arguments, behind=A_MINUTE)
    except Refused as error:
        return render(request, "annotation/scorers/compare.html", context | {"fault": str(error)}, status=400)
    rows = [{"name": one["scorer"], "pk": one["id"], "cells": cells(one["overall"])} for one in compared["scorers"]]
    context |= {
        "at": at,
        "compared": compared,
        "split": SPLITS[compared["split"]],
        "measures": list(MEASURES.values()),
        "rows": rows,
        "intervals": any(cell.get("low") is not None for cell in cells_of(rows)),
        "without": without_interval(cells_of(rows)),
        "guesses": [{"name": BASELINES[name], "cells": cells(of)} for name, of in compared["baselines"].items()],
        "differences": [difference(one) for one in compared["differences"]],
        "texts": [(form, name, compared_as_text(compared, form)) for form, name in FORMS.items()],
    }
    return render(request, "annotation/scorers/compare.html", context)


def cells(figures: dict[str, Any]) -> list[dict[str, Any]]:
    return [shown(figures.get(key)) | {"signed": key in SIGNED} for key in MEASURES]


def difference(one: dict[str, Any]) -> dict[str, Any]:
    """Each measure on an axis of its own unit, symmetric about 0; what lies beyond chance is marked."""
    rows: list[dict[str, Any]] = []
    for key, (name, _told) in MEASURES.items():
        figure = one["overall"][key]
        row: dict[str, Any] = {"name": name, "figure": shown(figure)}
        if figure["value"] is not None:
            ends = [number for number in (figure["value"], figure["low"], figure["high"]) if number is not None]
            row["chart"] = interval(figure["value"], figure["low"], figure["high"], domain=about_zero(ends))
            row["beyond"] = figure["low"] is not None and not figure["low"] <= 0 <= figure["high"]
        rows.append(row)
    without = without_interval(row["figure"] for row in rows)
    return {"first": one["first"], "second": one["second"], "rows": rows, "without": without}
