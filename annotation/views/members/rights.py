"""What each role may do, for all members."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.access.rights import rights_in
from annotation.models import Role
from annotation.views.requests import UserRequest


@login_required
@require_safe
def rights(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug)
    rows = [
        (right.words, not right.roles.isdisjoint(membership.roles), [role in right.roles for role in Role.values])
        for right in rights_in(membership.project)
    ]
    return render(request, "annotation/members/rights.html", {"membership": membership, "roles": Role.choices, "rows": rows})
