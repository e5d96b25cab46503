"""Permissions: each view begins by fetching what the visitor has a right to, so that anything else is not found."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from annotation.models import Membership, Role


def membership_or_404(user: Any, slug: str, *roles: Role) -> Membership:
    """The person's membership of the project, with all their roles, if one of them is among these (any when none is named)."""
    memberships = Membership.objects.entered_by(user).select_related("project").filter(project__slug=slug).whole()
    if not memberships or (roles and set(roles).isdisjoint(memberships[0].roles)):
        raise Http404
    return memberships[0]


def may_create_projects(user: Any) -> bool:
    """Administrators, and whom an administrator has given Django's own permission for it (docs/projects.md)."""
    return bool(user.is_active and (user.is_staff or user.has_perm("annotation.add_project")))


def refuse_unless_creator(user: Any) -> None:
    """Raises PermissionDenied."""
    if not may_create_projects(user):
        raise PermissionDenied(_("You may not create projects. Ask an administrator to let you."))
