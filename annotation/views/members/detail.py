"""For managers: what can be done about one member."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import Refused, ValidationError
from annotation.fields import whole_number
from annotation.flow.accounts.mail import mail_password_link
from annotation.flow.accounts.password_links import make_password_link, out_of_reach
from annotation.flow.anonymise import anonymise, reaches_further
from annotation.flow.cohorts import move_member
from annotation.flow.limits import MOST_PER_DAY, categories_of, change_limits, languages_of, limits_of, systems_of
from annotation.models import Cohort, CohortMember, Membership, Participation, Role, normal_form
from annotation.views.requests import UserRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def member(request: UserRequest, slug: str, username: str) -> HttpResponse:
    """A POST does what its `action` says."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    took_part = Participation.objects.filter(project=project).select_related("user")
    person = get_object_or_404(took_part, user__normal_username=normal_form(username))
    member_now = Membership.objects.filter(project=project, user=person.user).first()
    context: dict[str, Any] = {
        "membership": membership,
        "person": person,
        "member_now": member_now,
        "refused": "",
        "faults": {},
        "made": None,
    }
    context["limits"] = limits_of(person.user, project)._asdict()
    if request.method == "POST":
        try:
            if request.POST.get("action") == "anonymise":
                return made_anonymous(request, person)
            context |= act(request, person)
        except ValidationError as error:
            context |= {"refused": _("Nothing was saved."), "faults": error.fields, "limits": posted_limits(request)}
        except Refused as error:
            context["refused"] = str(error)
    context |= {"no_link": out_of_reach(person.user, request.user), "most_per_day": MOST_PER_DAY}
    context["not_anonymous"] = reaches_further(person.user, request.user)
    context |= {"categories": categories_of(project), "languages": languages_of(project), "systems": systems_of(project)}
    context["cohorts"] = list(Cohort.objects.filter(project=project).values_list("name", flat=True))
    context["cohort"] = CohortMember.objects.names(project).get(person.user_id, "")
    return render(request, "annotation/members/member.html", context, status=400 if context["refused"] else 200)


def act(request: UserRequest, person: Participation) -> dict[str, Any]:
    """What the page shows of it. Raises Refused."""
    if request.POST.get("action") == "password":
        return {"made": made_link(request, person)}
    if request.POST.get("action") == "limits":
        limits = posted_limits(request)
        changed = change_limits(username=person.user.username, project=person.project, by=request.user, **limits)
        messages.success(request, _("Saved."))
        return {"limits": changed._asdict()}
    if request.POST.get("action") == "cohort":
        cohort = request.POST.get("cohort", "")
        move_member(username=person.user.username, project=person.project, cohort=cohort, by=request.user)
        messages.success(request, _("Saved."))
        return {"limits": limits_of(person.user, person.project)._asdict()}
    raise Refused(_("Choose what to do."))


def made_anonymous(request: UserRequest, person: Participation) -> HttpResponse:
    """Raises Refused, also where the username was not typed: there is no way back."""
    if normal_form(request.POST.get("confirmed", "")) != person.user.normal_username:
        raise Refused(_("Type the username to confirm."))
    user = anonymise(username=person.user.username, project=person.project, by=request.user)
    messages.success(request, _("The person is anonymous now, and called %(name)s.") % {"name": user.username})
    return redirect("members", slug=person.project.slug)


def posted_limits(request: UserRequest) -> dict[str, Any]:
    """A number that is none is for the flow to refuse."""
    typed = request.POST.get("most_per_day", "").replace("\0", "\ufffd").strip()
    number = whole_number(typed) if typed else None
    return {
        "categories": request.POST.getlist("categories"),
        "languages": request.POST.getlist("languages"),
        "systems": request.POST.getlist("systems"),
        "most_per_day": typed if typed and number is None else number,
    }


def made_link(request: UserRequest, person: Participation) -> dict[str, Any]:
    user = person.user
    _row, token = make_password_link(username=user.username, project=person.project, by=request.user)
    link = request.build_absolute_uri(reverse("password-link", args=[token]))
    mailed = bool(user.email) and mail_password_link(email=user.email, username=user.username, link=link)
    return {"link": link, "mailed": mailed}
