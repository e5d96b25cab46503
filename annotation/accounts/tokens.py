"""A person's own page: the tokens by which scripts call the API for them, made and revoked."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotation.errors import Refused
from annotation.fields import whole_number
from annotation.flow.accounts.tokens import KEY, MOST_DAYS, live_tokens, new_token, revoke_tokens
from annotation.views.requests import UserRequest

DAYS = "90"


@login_required
@reauthentication_required(enabled=lambda request: request.method == "POST")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tokens(request: UserRequest) -> HttpResponse:
    """A POST makes a token, and its answer shows it, this once. It asks for the password: a browser that was left open must not
    give a token for years."""
    context: dict[str, Any] = {"most_days": MOST_DAYS, "days": DAYS}
    if request.method == "POST":
        context["days"] = request.POST.get("days", "").replace("\0", "\ufffd").strip()
        try:
            number = whole_number(context["days"])
            context["made"] = new_token(user=request.user, days=0 if number is None else number, by=request.user)
        except Refused as error:
            context["fault"] = str(error)
    rows = live_tokens(request.user).order_by("-created").values("token_key", "created", "expiry")
    context["rows"] = [row | {"key": row["token_key"][:KEY]} for row in rows]
    return render(request, "registration/tokens.html", context, status=400 if "fault" in context else 200)


@login_required
@require_POST
def revoke(request: UserRequest) -> HttpResponse:
    """The one that `token` names."""
    try:
        revoke_tokens(username=request.user.username, token=request.POST.get("token", "") or "-", by=request.user)
        messages.success(request, _("The token was revoked: scripts that use it are refused from now on."))
    except Refused as error:
        messages.error(request, str(error))
    return redirect("tokens")
