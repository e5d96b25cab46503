"""For managers: invitations by link. The link is shown once, on the page that answers the form."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotation.access.membership import membership_or_404
from annotation.access.rights import IN_A_SENTENCE
from annotation.errors import Refused, ValidationError
from annotation.fields import whole_number
from annotation.flow.accounts.invitations import LONGEST_DAYS, MOST_USES, invite, withdraw_invitation
from annotation.flow.accounts.mail import mail_invitation
from annotation.models import Invitation, Project, Role
from annotation.views.requests import UserRequest

DEFAULTS = {"role": Role.ANNOTATOR.value, "email": "", "uses": "1", "days": "14"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitations(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    context: dict[str, Any] = {"membership": membership, "roles": Role.choices, "faults": {}, "values": DEFAULTS, "made": None}
    context |= {"longest_days": LONGEST_DAYS, "most_uses": MOST_USES}
    if request.method == "POST":
        values = {name: request.POST.get(name, "").replace("\0", "\ufffd").strip() for name in DEFAULTS}
        try:
            context["made"] = made(request, project, values)
        except ValidationError as error:
            context |= {"faults": error.fields, "values": values}
    context["open"] = Invitation.objects.open().filter(project=project)
    return render(request, "annotation/members/invitations.html", context, status=400 if context["faults"] else 200)


def made(request: UserRequest, project: Project, values: dict[str, str]) -> dict[str, Any]:
    numbers: dict[str, Any] = {name: number_or_text(values[name]) for name in ("uses", "days")}
    row, token = invite(project=project, role=values["role"], email=values["email"], by=request.user, **numbers)
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    role = row.get_role_display()
    mailed = bool(row.email) and mail_invitation(email=row.email, project=project.title, role=role, link=link)
    does = IN_A_SENTENCE[Role(row.role)]
    told = {"role": role, "does": does, "uses": row.uses, "expires_at": row.expires_at}
    return {"link": link, "email": row.email, "mailed": mailed, **told}


def number_or_text(text: str) -> int | str:
    """What is no number is for the flow to refuse."""
    number = whole_number(text)
    return text if number is None else number


@login_required
@require_POST
def withdraw(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    project = membership_or_404(request.user, slug, Role.MANAGER).project
    try:
        withdraw_invitation(project=project, invitation=pk, by=request.user)
        messages.success(request, _("The invitation was withdrawn: its link no longer works."))
    except Invitation.DoesNotExist:
        raise Http404 from None
    except Refused as error:
        messages.error(request, str(error))
    return redirect("invitations", slug=slug)
