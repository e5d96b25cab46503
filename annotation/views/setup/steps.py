"""For managers: the steps from a new project to its first scores. It can be left and taken up again: all is counted anew."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.flow.setup.steps import DATA, PEOPLE, RUBRICS, RULES, START, Step, steps_of
from annotation.models import Role
from annotation.views.requests import UserRequest

# The title of each step, and its pages: the URL's name and the link's words.
TITLES = {
    RUBRICS: gettext_lazy("Rubrics"),
    DATA: gettext_lazy("Data"),
    PEOPLE: gettext_lazy("People"),
    RULES: gettext_lazy("Rules and settings"),
    START: gettext_lazy("Start"),
}
PAGES = {
    RUBRICS: [("project-rubrics", gettext_lazy("View the project's rubrics"))],
    DATA: [("material", gettext_lazy("Import queries and responses"))],
    PEOPLE: [
        ("invitations", gettext_lazy("Invite people by a link")),
        ("members", gettext_lazy("Add people who have an account")),
    ],
    RULES: [
        ("rules", gettext_lazy("Rules for disputes and labels")),
        ("workspace", gettext_lazy("Annotation settings")),
        ("settings", gettext_lazy("Project settings")),
        ("overlap", gettext_lazy("Annotators per response")),
    ],
    START: [("project", gettext_lazy("Go to the project"))],
}


@login_required
@require_safe
@never_cache
def steps(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    rows = steps_of(membership.project)
    context = {
        "membership": membership,
        "steps": [row_of(step) for step in rows],
        "next": next((step.key for step in rows if not step.done), None),
    }
    return render(request, "annotation/projects/steps.html", context)


def row_of(step: Step) -> dict[str, Any]:
    """A step as the page shows it."""
    return {"step": step, "title": TITLES[step.key], "pages": PAGES[step.key]}
