"""Two releases of a project held against each other: which labels differ, and why."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from annotation.flow.release import WHY, compare
from annotation.flow.release.compare import tasks_of
from annotation.flow.shown import show_scores
from annotation.models import Release
from annotation.views.disputes.choices import Choice
from annotation.views.release.detail import membership_and_release
from annotation.views.release.labels import Filter
from annotation.views.release.words import CHANGES, REASONS, SPLITS, WHAT
from annotation.views.requests import UserRequest

PAGE = 50


@login_required
@require_safe
@vary_on_headers("HX-Request")
def comparison(request: UserRequest, slug: str, version: int) -> HttpResponse:
    """With the release of the number `with`, else with the one before; the older one comes first."""
    membership, release = membership_and_release(request, slug, version)
    others = list(Release.objects.filter(project=membership.project).exclude(pk=release.pk).in_list())
    before = [other for other in others if other.version < version] or others
    other = next((other for other in others if str(other.version) == request.GET.get("with")), before[0] if before else None)
    context: dict[str, Any] = {"membership": membership, "release": release, "other": other}
    if other:
        report = compare(*sorted((release, other), key=lambda one: one.version))
        change = request.GET.get("change", "")
        rows = [row for row in report["labels"] if change not in CHANGES or row["change"] == change]
        page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        show_scores(tasks_of(page, membership.project), to=request.user, project=membership.project)
        context |= {
            "report": report,
            "changes": [(key, words, report["counts"][key]) for key, words in CHANGES.items()],
            "filters": filters_of(others, other, change, report["counts"]),
            "why": [(WHY[key], count) for key, count in sorted(report["why"].items(), key=lambda item: -item[1])],
            "settings": [(name, *map(shown, pair)) for part in ("rules", "options") for name, pair in report[part].items()],
            "page": page,
            "rows": list(map(row_of, page)),
        }
    template = "annotation/release/compare.html#report" if request.htmx else "annotation/release/compare.html"
    return render(request, template, context)


def filters_of(others: list[Release], other: Release, change: str, counts: Mapping[str, int]) -> list[Filter]:
    releases = [Choice(str(one.version), _("Release %(version)s") % {"version": one.version}, one == other) for one in others]
    changes = [Choice(key, words, key == change, counts[key]) for key, words in CHANGES.items()]
    return [
        Filter("with", _("Compare with"), releases, all=""),
        Filter("change", _("Show"), changes, all=_("all differences")),
    ]


def row_of(row: dict[str, Any]) -> dict[str, Any]:
    old, new = row["old"], row["new"]
    return {
        **row,
        "change": CHANGES[row["change"]],
        "differences": [(WHAT[name], *pair) for name in row["what"] for pair in pairs(name, old[name], new[name])],
        "why": [WHY[reason] for reason in row["why"]],
        "left_out": REASONS.get(row["left_out"], row["left_out"]),
        "split": SPLITS.get((new or old)["split"]),
        "score": (new or old)["score"],
    }


def pairs(name: str, old: Any, new: Any) -> list[tuple[Any, Any]]:
    """The old and the new value; of the criteria those that differ, by their keys."""
    if name != "criteria":
        return [(SPLITS.get(old, old), SPLITS.get(new, new)) if name == "split" else (shown(old), shown(new))]
    keys = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    return [(f"{key} {shown(old.get(key))}", shown(new.get(key))) for key in keys]


def shown(value: Any) -> str:
    if value is None or value == []:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
