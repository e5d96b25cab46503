"""The project that somebody has left, or cannot enter without a second factor, where they ask for something of it: they are told
so, and not that nothing is there."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotation.models import Participation, Project

# How the rows that an address names by their number lead from a project.
OF_PROJECT = {
    "assignments": "assignments",
    "annotations": "tasks__annotations",
    "responses": "tasks",
    "queries": "queries",
    "adjudications": "tasks__adjudications",
    "jobs": "jobs",
    "flags": "flags",
    "duplicates": "possible_duplicates",
}
LARGEST_KEY = 2**63 - 1


def left_project(user: Any, route: str, arguments: Mapping[str, Any]) -> Project | None:
    """The project of an address (its pattern and what was read from it), if the person was a member and is none now."""
    if not user.is_authenticated:
        return None
    ended = Participation.objects.ended().filter(user=user).values("project")
    return project_of_address(Project.objects.filter(pk__in=ended), route, arguments)


def project_asking_for_second_factor(user: Any, route: str, arguments: Mapping[str, Any]) -> Project | None:
    """The project of an address, if the person manages it and cannot enter it without a second factor."""
    asking = Project.objects.asking_for_second_factor(user) if user.is_authenticated else Project.objects.none()
    return project_of_address(asking, route, arguments)


def project_of_address(projects: QuerySet[Project], route: str, arguments: Mapping[str, Any]) -> Project | None:
    """The one of the projects to which an address leads."""
    if slug := arguments.get("slug"):
        return projects.filter(slug=slug).first()
    lookup = next((lookup for part, lookup in OF_PROJECT.items() if part in route.split("/")), None)
    if lookup and 0 < arguments.get("pk", 0) <= LARGEST_KEY:
        return projects.filter(**{lookup: arguments["pk"]}).first()
    return None


def in_words(project: Project) -> str:
    return _("You are no longer a member of %(project)s. What you submitted stays and counts.") % {"project": project.title}
