"""Who may: each view begins by fetching what the visitor has a right to, so that anything else is not there."""

from typing import Any

from django.shortcuts import get_object_or_404

from annotation.models import Membership, Role


def membership_or_404(user: Any, slug: str, *roles: Role) -> Membership:
    """The person's membership of the project, in one of the roles (any role when none is named)."""
    mine = Membership.objects.of_user(user).select_related("project")
    return get_object_or_404(mine.filter(role__in=roles) if roles else mine, project__slug=slug)
