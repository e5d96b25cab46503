"""The agreement report as a page; each row opens the responses behind it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotation.flow.agree import GROUPINGS, report
from annotation.models import Role
from annotation.permissions import membership_or_404
from rubrics.models import Rubric

# The report is the same in every language, for scripts rely on it; the page says its words in the reader's.
WORDS = {
    "nothing has been rated": _("nothing has been rated"),
    "only one annotator has rated": _("only one annotator has rated"),
    "no response has two ratings": _("no response has two ratings"),
    "every rating is the same": _("every rating is the same"),
    "nominal": _("nominal"),
    "ordinal": _("ordinal"),
    "interval": _("interval"),
    "category": _("category"),
    "field": _("field"),
    "subfield": _("subfield"),
    "system": _("system"),
}


@login_required
@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    by = [column for column in request.GET.getlist("by") if column in GROUPINGS]
    found = report(membership.project, by)
    titles = criterion_titles(membership.project.pk)
    for group in found["groups"]:
        group["label"] = ", ".join(value or "–" for value in group["by"].values())
        for row in group["criteria"]:
            row["title"] = titles.get((row["rubric"], row["criterion"]), "")
            row["x"] = drawn(row["alpha"]["value"])
            row["level"], row["reason"] = WORDS[row["alpha"]["level"]], WORDS.get(row["alpha"]["reason"])
    context = {
        "membership": membership,
        "groups": found["groups"],
        "by": by,
        "groupings": [(column, WORDS[column]) for column in GROUPINGS],
    }
    template = "annotation/agreement.html#report" if request.htmx else "annotation/agreement.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def drawn(alpha: float | None) -> float | None:
    """Where alpha stands on an axis from 0 at x = 4 to 1 at x = 156; what is below 0 stands at its foot."""
    return None if alpha is None else round(4 + 152 * max(alpha, 0.0), 1)


def criterion_titles(project: int) -> dict[tuple[str, str], str]:
    rubrics = Rubric.objects.with_content().filter(projects=project)
    return {(rubric.name, criterion.key): criterion.title for rubric in rubrics for criterion in rubric.criteria.all()}
