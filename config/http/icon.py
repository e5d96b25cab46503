"""/favicon.ico, which browsers ask for beside pages that name no icon: JSON, plain text, an error."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("annotation/mark.svg"))
