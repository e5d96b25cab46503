"""Images of examples: shown to whoever sees the rubric, and uploaded by scripts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from rubrics.models import ExampleImage

YEAR = 365 * 24 * 3600


@login_required
@require_safe
def image(request: HttpRequest, sha256: str) -> HttpResponse:
    """The copy without metadata, which a browser may keep: the content of an address never changes."""
    picture = get_object_or_404(ExampleImage.objects.visible_to(request.user).defer("original"), sha256=sha256)
    response = HttpResponse(bytes(picture.shown), content_type=f"image/{picture.format.lower()}")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=YEAR, immutable=True)
    return response
