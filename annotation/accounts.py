"""Sign-in by allauth, without sign-up: accounts are made by commands or in the admin."""

from typing import Any

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse_lazy
from django.utils import translation

from annotation.models import Preferences
from annotation.views.preferences import keep_language


def attempted_username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The username that a failed sign-in counts for: Django's credentials call it username, allauth's form login."""
    return (credentials or {}).get("username") or request.POST.get("login", "")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Gives a person who signs in their own language, whatever language this browser has shown before."""

    def post_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse:
        language = Preferences.objects.language_of(user)
        with translation.override(language or translation.get_language()):
            answer: HttpResponse = super().post_login(request, user, **named)
        if language:
            keep_language(answer, language)
        return answer


PASSWORD = {"template_name": "registration/change_password.html", "success_url": reverse_lazy("home")}

urlpatterns = [
    path("login/", views.LoginView.as_view(template_name="registration/login.html"), name="account_login"),
    path("logout/", views.LogoutView.as_view(template_name="registration/logout.html"), name="account_logout"),
    path("password/", login_required(views.PasswordChangeView.as_view(**PASSWORD)), name="account_change_password"),
    path("password/first/", login_required(views.PasswordSetView.as_view(**PASSWORD)), name="account_set_password"),
    path(
        "inactive/",
        views.AccountInactiveView.as_view(template_name="registration/inactive.html"),
        name="account_inactive",
    ),
    path(
        "confirm/",
        login_required(views.ReauthenticateView.as_view(template_name="registration/confirm.html")),
        name="account_reauthenticate",
    ),
]
