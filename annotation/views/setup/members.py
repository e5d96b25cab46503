"""For managers: the people of a project, their roles, their tokens, and the end of a membership."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.accounts.second_factor import ask_for_second_factor
from annotation.flow.accounts.tokens import revoke_tokens, tokens_of
from annotation.flow.leave import end_member, membership_of
from annotation.flow.setup.projects import add_member
from annotation.flow.shown import count_shown, shown_in_words
from annotation.models import CohortMember, Membership, Participation, Project, Role, User
from annotation.views.requests import UserRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def members(request: UserRequest, slug: str) -> HttpResponse:
    """A POST does what its `action` says. Who would become an annotator and was shown scores is asked about first."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    context: dict[str, Any] = {"membership": membership, "roles": Role.choices, "asked": None}
    if request.method == "POST":
        posted = {name: request.POST.get(name, "").replace("\0", "") for name in ("action", "username", "confirmed")}
        roles = [role.replace("\0", "") for role in request.POST.getlist("role")]
        context["asked"] = question(project, posted, roles)
        if not context["asked"]:
            act(request, project, posted, roles)
            ended_oneself = posted["action"] == "end" and posted["username"] == request.user.username
            return redirect("home") if ended_oneself and not is_manager(request.user, project) else redirect("members", slug=slug)
    people = Membership.objects.in_project(project).select_related("user").order_by("role", "user__username").whole()
    tokens = tokens_of([member.user_id for member in people])
    cohorts = CohortMember.objects.names(project)
    people.sort(key=lambda member: cohorts.get(member.user_id, ""))  # and within one as before
    context["people"] = [(member, cohorts.get(member.user_id, ""), tokens.get(member.user_id, [])) for member in people]
    context["cohorts"] = bool(cohorts)
    ended = Participation.objects.ended().filter(project=project)
    context["ended"] = ended.select_related("user", "ended_by").order_by("user__username")
    return render(request, "annotation/members/members.html", context)


def is_manager(user: User, project: Project) -> bool:
    return Membership.objects.in_project(project, Role.MANAGER).filter(user=user).exists()


def question(project: Project, posted: dict[str, str], roles: list[str]) -> dict[str, Any] | None:
    """What is to be confirmed before the roles are given; None where nothing is."""
    if posted["action"] != "role" or Role.ANNOTATOR not in roles or posted["confirmed"]:
        return None
    user = User.objects.named(posted["username"]).first()
    words = shown_in_words(user, count_shown(user, project)) if user else ""
    return posted | {"roles": roles, "words": words} if words else None


def act(request: UserRequest, project: Project, posted: dict[str, str], roles: list[str]) -> None:
    username = posted["username"]
    try:
        if posted["action"] == "role":
            if not roles:
                raise Refused(_("Choose a role. To take the last one, end the membership."))
            membership = add_member(username=username, project=project, role=roles[0], also=roles[1:], by=request.user)
            done = _("%(name)s is now %(role)s.") % {"name": username, "role": membership.roles_in_words}
        elif posted["action"] == "end":
            end_member(username=username, project=project, by=request.user)
            done = _("The membership of %(name)s has ended.") % {"name": username}
        elif posted["action"] == "revoke":
            membership_of(username, project)  # of nobody else
            revoked = revoke_tokens(username=username, by=request.user)
            done = ngettext(
                "%(number)s token of %(name)s was revoked.", "%(number)s tokens of %(name)s were revoked.", revoked
            ) % {"number": revoked, "name": username}
        elif posted["action"] == "second-factor":
            ask_for_second_factor(project=project, wanted=bool(request.POST.get("wanted")), by=request.user)
            done = _("Saved.")
        else:
            raise Refused(_("Choose what to do."))
        messages.success(request, done)
    except Refused as error:
        messages.error(request, str(error))
