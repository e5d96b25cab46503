"""Finds the person who signs in, by any spelling of the name, and gives them their language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from annotation.accounts.browsers import in_words
from annotation.flow.accounts.passwords import change_password
from annotation.flow.accounts.sessions import begin
from annotation.models import Preferences, User
from annotation.views.preferences import keep_language


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """A name that nobody has costs one password hash as well, so that the time of an answer does not tell who is here."""

    def _authenticate_by_username(self, username: str, password: str) -> Any:
        return self._check_password(User.objects.named(username).first(), password)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Gives a person who signs in their own language, whatever language this browser has shown before."""

    def post_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse:
        begin(request.session, in_words(request.headers.get("User-Agent", "")))
        language = Preferences.objects.language_of(user)
        with translation.override(language or translation.get_language()):
            answer: HttpResponse = super().post_login(request, user, **named)
        if language:
            keep_language(answer, language)
        return answer

    def set_password(self, user: Any, password: str) -> None:
        change_password(user=user, password=password, keep_tokens="keep_tokens" in self.request.POST)
