"""The page behind the link of an invitation: accept it, with the account that one has or with a new one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from annotation.access.rights import IN_A_SENTENCE
from annotation.access.throttle import UNKNOWN_LINK, count, is_locked
from annotation.accounts.browsers import in_words
from annotation.accounts.throttle import locked_page
from annotation.errors import Refused, ValidationError
from annotation.flow.accounts.invitations import accept_invitation, invitation_of, join
from annotation.flow.accounts.sessions import begin
from annotation.flow.shown import count_shown, shown_in_words
from annotation.models import Invitation, Membership, Role

BACKEND = "annotation.accounts.sign_in.Backend"


@never_cache
@sensitive_post_parameters("password", "repeated")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    if is_locked(request, UNKNOWN_LINK):
        return locked_page()
    try:
        invited = invitation_of(token)
    except Refused as error:
        if not Invitation.objects.of_token(token).exists():
            count(request, UNKNOWN_LINK)
        return render(request, "registration/link_over.html", {"words": str(error)}, status=404)
    context: dict[str, Any] = {"invitation": invited, "faults": {}, "username": "", "shown": ""}
    context |= {"does": IN_A_SENTENCE[Role(invited.role)], "rules": password_validators_help_texts()}
    context["email"] = invited.email if invited.uses == 1 else ""
    if request.user.is_authenticated and invited.role == Role.ANNOTATOR:
        context["shown"] = shown_in_words(request.user, count_shown(request.user, invited.project))
    if request.method == "POST":
        try:
            return entered(request, token)
        except ValidationError as error:
            context |= {"faults": error.fields, "username": posted(request, "username"), "email": posted(request, "email")}
        except Refused as error:
            context["refused"] = str(error)
    return render(request, "registration/invitation.html", context, status=400 if context["faults"] else 200)


def entered(request: HttpRequest, token: str) -> HttpResponse:
    """Accept, and go to the project. Raises Refused."""
    if request.user.is_authenticated:
        membership = accept_invitation(token=token, by=request.user)
    else:
        names = ("username", "password", "repeated", "email")
        membership = join(token=token, **{name: posted(request, name) for name in names})
        login(request, membership.user, backend=BACKEND)
        begin(request.session, in_words(request.headers.get("User-Agent", "")))
    welcome(request, membership)
    return redirect("project", slug=membership.project.slug)


def posted(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "\ufffd")


def welcome(request: HttpRequest, membership: Membership) -> None:
    told = {"project": membership.project.title, "role": membership.roles_in_words}
    messages.success(request, _("You take part in %(project)s as %(role)s.") % told)
