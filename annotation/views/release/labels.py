"""The labels of a release, and the responses that it left out, as lists with filters."""

from collections import Counter
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from annotation.flow.shown import show_scores
from annotation.forms.release import chosen_values
from annotation.models import How, Label
from annotation.views.disputes.choices import Choice, names
from annotation.views.release.contents import reasons_of
from annotation.views.release.detail import membership_and_release
from annotation.views.release.words import REASONS, SPLITS
from annotation.views.requests import UserRequest

PAGE = 50
TITLES = {
    "split": _("Split"),
    "how": _("How"),
    "category": _("Category"),
    "field": _("Field"),
    "system": _("System"),
    "score": _("Score"),
}
WORDS = {"split": SPLITS, "how": dict(How.choices)}


class Filter(NamedTuple):
    """`all` are the words for no choice; empty where one has to be chosen."""

    name: str
    title: Any
    choices: list[Choice]
    all: Any = _("all")


@login_required
@require_safe
@vary_on_headers("HX-Request")
def labels(request: UserRequest, slug: str, version: int) -> HttpResponse:
    membership, release = membership_and_release(request, slug, version)
    of_release = Label.objects.filter(release=release)
    offered = of_release.values_of_columns()
    chosen = chosen_values(request.GET, offered)
    page = Paginator(of_release.chosen(**chosen).in_list(), PAGE).get_page(request.GET.get("page"))
    show_scores([label.task_id for label in page], to=request.user, project=membership.project)
    context = {
        "membership": membership,
        "release": release,
        "filters": [filter_of(name, values, chosen.get(name)) for name, values in offered.items()],
        "page": page,
    }
    template = "annotation/release/labels.html#list" if request.htmx else "annotation/release/labels.html"
    return render(request, template, context)


def filter_of(name: str, values: list[Any], chosen: Any) -> Filter:
    choices = names(map(str, values), None if chosen is None else str(chosen))
    words = WORDS.get(name, {})
    return Filter(name, TITLES[name], [choice._replace(name=words.get(choice.value, choice.name)) for choice in choices])


@login_required
@require_safe
@vary_on_headers("HX-Request")
def left_out(request: UserRequest, slug: str, version: int) -> HttpResponse:
    membership, release = membership_and_release(request, slug, version)
    rows = release.manifest["left_out"]
    reasons = reasons_of(Counter(row["reason"] for row in rows))
    reason = request.GET.get("reason", "")
    if reason in {known.key for known in reasons}:
        rows = [row for row in rows if row["reason"] == reason]
    context = {
        "membership": membership,
        "release": release,
        "filters": [
            Filter(
                "reason", _("Reason"), [Choice(known.key, known.words, known.key == reason, known.responses) for known in reasons]
            )
        ],
        "page": Paginator([row | {"words": REASONS.get(row["reason"], row["reason"])} for row in rows], PAGE).get_page(
            request.GET.get("page")
        ),
    }
    template = "annotation/release/left_out.html#list" if request.htmx else "annotation/release/left_out.html"
    return render(request, template, context)
