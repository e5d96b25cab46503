"""Permissions: each view begins by fetching what the visitor has a right to, so that anything else is not found."""

from typing import Any

from django.shortcuts import get_object_or_404

from annotation.models import Membership, Role


def membership_or_404(user: Any, slug: str, *roles: Role) -> Membership:
    """The person's membership of the project, in one of the roles (any role when none is named)."""
    memberships = Membership.objects.entered_by(user).select_related("project")
    return get_object_or_404(memberships.filter(role__in=roles) if roles else memberships, project__slug=slug)
