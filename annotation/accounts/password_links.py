"""For somebody who forgot their password: ask for a link by mail, and set a new password by a link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from annotation.access.throttle import ASKED_BY_MAIL, UNKNOWN_LINK, count, is_locked
from annotation.accounts.throttle import locked_page
from annotation.errors import Refused, ValidationError
from annotation.flow.accounts.invitations import email_fault
from annotation.flow.accounts.password_links import link_of, mail_links, use_link
from annotation.models import PasswordLink


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether anybody has the address."""
    if is_locked(request, ASKED_BY_MAIL):
        return locked_page()
    context: dict[str, Any] = {"asked": False, "fault": "", "email": request.POST.get("email", "").replace("\0", "").strip()}
    if request.method == "POST":
        context["fault"] = email_fault(context["email"]) if context["email"] else _("required")
        if not context["fault"]:
            count(request, ASKED_BY_MAIL)
            page = request.build_absolute_uri(reverse("password-link", args=["TOKEN"]))
            mail_links.enqueue(context["email"], page, get_language() or "en")
            context["asked"] = True
    return render(request, "registration/forgotten.html", context, status=400 if context["fault"] else 200)


@never_cache
@sensitive_post_parameters("password", "repeated")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    if is_locked(request, UNKNOWN_LINK):
        return locked_page()
    faults: dict[str, str] = {}
    try:
        link = link_of(token)
        if request.method == "POST":
            typed = {name: request.POST.get(name, "").replace("\0", "\ufffd") for name in ("password", "repeated")}
            use_link(token=token, **typed)
            logout(request)  # of whoever was signed in here
            messages.success(request, _("The new password is set. Sign in with it."))
            return redirect("account_login")
    except ValidationError as error:
        faults = error.fields
    except Refused as error:
        if not PasswordLink.objects.of_token(token).exists():
            count(request, UNKNOWN_LINK)
        return render(request, "registration/link_over.html", {"words": str(error)}, status=404)
    context = {"person": link.user, "faults": faults, "rules": password_validators_help_texts()}
    return render(request, "registration/new_password.html", context, status=400 if faults else 200)
