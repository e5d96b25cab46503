"""What people choose for themselves: anybody may choose a language, and of those who signed in it is remembered."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from annotation.flow.errors import Refused
from annotation.flow.preferences import check_language, choose_language


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
    """In a cookie of this browser, which says it before the person is known."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
