"""Serves a project's images to its members: the copy without metadata, under an address that says nothing."""

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from annotation.flow.images import shown_name
from annotation.models import Image

YEAR = 365 * 24 * 3600


@login_required
@require_safe
def image(request: HttpRequest, key: str) -> HttpResponseBase:
    """The picture's bytes. What an address holds never changes, so a browser may keep it."""
    found = get_object_or_404(Image.objects.for_member(request.user), key=key)
    etag = f'"{found.key}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        file = default_storage.open(shown_name(found.sha256, found.format))
        response = FileResponse(file, content_type=f"image/{found.format.lower()}")
        response["Content-Disposition"] = "inline"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["ETag"] = etag
    patch_cache_control(response, private=True, max_age=YEAR, immutable=True)
    return response
