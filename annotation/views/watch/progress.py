"""For managers: how far the project is, when it will be done, and what is stuck, with the step to take."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.flow.watch import STUCK, csv_of, progress_report, stuck_tasks
from annotation.flow.watch.pace import REASONS
from annotation.flow.watch.stuck import ADJUDICATION, EXPIRED, FLAGGED, LACKING, SKIPPED_BY_ALL
from annotation.models import Role
from annotation.views.requests import UserRequest
from annotation.views.watch.chart import bars_of

PAGE = 50
UNDECIDED = "?state=undecided&kind=disputed"
GROUPS = {"category": _("By category"), "system": _("By system")}
# Of each: its title, what to do, and the page on which it is done, by its URL's name.
STEPS: dict[str, tuple[Any, Any, str]] = {
    EXPIRED: (_("Lease expired"), _("Whoever claims next gets it. Ask the person, or end a membership."), "members"),
    SKIPPED_BY_ALL: (_("No annotator left"), _("Everybody has judged or skipped it: add an annotator."), "members"),
    FLAGGED: (_("Flagged"), _("Look at the response and mark the flag as resolved."), "flags"),
    LACKING: (_("Lacking ratings"), _("Some have scored it, others are awaited: ask the annotators to go on."), "members"),
    ADJUDICATION: (_("Awaiting adjudication"), _("Adjudicators take it from their queue: ask them to go on."), "members"),
}


class Stuck(NamedTuple):
    kind: str
    title: Any
    number: int
    list: str  # the address of the responses
    step: Any
    page: str  # the address at which the step is taken


@login_required
@require_safe
def progress(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    report = progress_report(membership.project)
    days = {day["day"]: day["submitted"] for day in report["days"]}
    context = {
        "membership": membership,
        "report": report,
        "pace": report["pace"],
        "groups": [(key, title, report["by"][key]) for key, title in GROUPS.items()],
        "people": report["by"]["person"],
        "cohorts": report["by"]["cohort"],
        "bars": bars_of(days, datetime.now(UTC).date()),
        "no_day": REASONS.get(report["done_on"]["reason"], ""),
        "stuck": [stuck_row(slug, kind, number) for kind, number in report["stuck"].items()],
    }
    return render(request, "annotation/watch/progress.html", context)


def stuck_row(slug: str, kind: str, number: int) -> Stuck:
    title, step, page = STEPS[kind]
    disputes = reverse("disputes", args=[slug]) + UNDECIDED
    behind = disputes if kind == ADJUDICATION else f"{reverse('progress-stuck', args=[slug])}?kind={kind}"
    return Stuck(kind, title, number, behind, step, reverse(page, args=[slug]))


@login_required
@require_safe
def stuck(request: UserRequest, slug: str) -> HttpResponse:
    """The responses behind one of the counts."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    kind = request.GET.get("kind", "")
    if kind not in STUCK:
        raise Http404(kind)
    page = Paginator(stuck_tasks(membership.project, kind), PAGE).get_page(request.GET.get("page"))
    row = stuck_row(slug, kind, page.paginator.count)
    return render(request, "annotation/watch/stuck.html", {"membership": membership, "page": page, "row": row})


@login_required
@require_safe
def download(request: UserRequest, slug: str) -> HttpResponse:
    """The counts as CSV."""
    project = membership_or_404(request.user, slug, Role.MANAGER).project
    headers = {"Content-Disposition": f'attachment; filename="{slug}-progress.csv"'}
    return HttpResponse(csv_of(progress_report(project)), content_type="text/csv; charset=utf-8", headers=headers)
