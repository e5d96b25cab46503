"""Personal settings: language, also without signing in, and keyboard shortcuts."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotation.errors import Refused, ValidationError
from annotation.flow.setup.preferences import check_language, choose_keys, choose_language
from annotation.forms.criteria import NO_FAULTS
from annotation.keyboard import COMMANDS, GROUPS, keys_by_command
from annotation.models import Preferences
from annotation.views.requests import UserRequest


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    try:
        if request.user.is_authenticated:
            choose_language(by=request.user, language=chosen)
        else:
            check_language(chosen)
    except Refused as error:
        return render(request, "400.html", {"fault": str(error)}, status=400)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("home")
    answer = HttpResponseRedirect(back)
    keep_language(answer, chosen)
    return answer


def keep_language(answer: HttpResponse, language: str) -> None:
    """Keep the language in a cookie, for the pages before signing in."""
    same_site: Any = settings.LANGUAGE_COOKIE_SAMESITE  # a plain text to the type checker
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=same_site,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def keys(request: UserRequest) -> HttpResponse:
    """Show the person's keyboard shortcuts, save others, or restore the defaults."""
    own_keys = Preferences.objects.keys_of(request.user)
    if request.method != "POST":
        return keys_page(request, keys_by_command(own_keys | {"off": False}), off=bool(own_keys.get("off")))
    off = "off" in request.POST
    wanted = {} if "defaults" in request.POST else {name: request.POST[name] for name in COMMANDS if name in request.POST}
    try:
        choose_keys(by=request.user, chosen=wanted, off=off and "defaults" not in request.POST)
    except ValidationError as error:
        return keys_page(request, keys_by_command(wanted), off=off, faults=error.fields)
    messages.success(request, _("Your keys are saved."))
    return redirect("keys")


def keys_page(
    request: UserRequest, shown: Mapping[str, str], *, off: bool, faults: Mapping[str, str] = NO_FAULTS
) -> HttpResponse:
    context = {"groups": list(key_rows(shown, faults)), "off": off, "faults": faults}
    return render(request, "annotation/preferences/keys.html", context, status=400 if faults else 200)


def key_rows(shown: Mapping[str, str], faults: Mapping[str, str]) -> Iterator[tuple[str | Promise, list[dict[str, Any]]]]:
    for group in GROUPS:
        yield (
            group.title,
            [
                {
                    "name": command.name,
                    "title": command.title,
                    "key": shown[command.name],
                    "default": command.key,
                    "fault": faults.get(command.name),
                }
                for command in group.commands
            ],
        )
