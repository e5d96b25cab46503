"""For managers: what can be done about one member."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.setup.mail import mail_password_link
from annotation.flow.setup.password_links import make_password_link, out_of_reach
from annotation.models import Membership, Role
from annotation.views.requests import UserRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def member(request: UserRequest, slug: str, username: str) -> HttpResponse:
    """A POST does what its `action` says."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    person = Membership.objects.filter(project=membership.project).select_related("user").named(username).first()
    if person is None:
        raise Http404
    context: dict[str, Any] = {"membership": membership, "person": person, "refused": "", "made": None}
    if request.method == "POST":
        try:
            context |= act(request, person)
        except Refused as error:
            context["refused"] = str(error)
    context["no_link"] = out_of_reach(person.user, request.user)
    return render(request, "annotation/members/member.html", context, status=400 if context["refused"] else 200)


def act(request: UserRequest, person: Membership) -> dict[str, Any]:
    """What the page shows of it. Raises Refused."""
    if request.POST.get("action") == "password":
        return {"made": made_link(request, person)}
    raise Refused(_("Choose what to do."))


def made_link(request: UserRequest, person: Membership) -> dict[str, Any]:
    user = person.user
    _row, token = make_password_link(username=user.username, project=person.project, by=request.user)
    link = request.build_absolute_uri(reverse("password-link", args=[token]))
    mailed = bool(user.email) and mail_password_link(email=user.email, username=user.username, link=link)
    return {"link": link, "mailed": mailed}
