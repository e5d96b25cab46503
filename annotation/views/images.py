"""Serves a project's images to its members: copies without metadata, under opaque addresses."""

import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from annotation.access.tokens import login_or_token_required
from annotation.flow.images.renditions import NoOriginal, pieces, rendition, widths
from annotation.flow.images.turns import NotYet
from annotation.models import Image

SECONDS = 3.0  # that a request waits for others who make copies
YEAR = 365 * 24 * 3600
FORMATS = {"webp": "WEBP", "jpg": "JPEG"}
ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


@login_or_token_required
@require_safe
def image(request: HttpRequest, key: str) -> HttpResponseBase:
    """The image in its own size."""
    picture = get_object_or_404(Image.objects.for_member(request.user), key=key)
    return served(request, picture, None, picture.format)


@login_or_token_required
@require_safe
def scaled(request: HttpRequest, key: str, width: int, suffix: str) -> HttpResponseBase:
    """A smaller copy of the image."""
    picture = get_object_or_404(Image.objects.for_member(request.user), key=key)
    if suffix not in FORMATS or width not in widths(picture):
        raise Http404
    return served(request, picture, width, FORMATS[suffix])


def served(request: HttpRequest, picture: Image, width: int | None, format: str) -> HttpResponseBase:
    """The image with headers that let a browser keep it for ever: the content of an address never changes."""
    etag = f'"{picture.key}-{width}-{format.lower()}"' if width else f'"{picture.key}"'
    response = get_conditional_response(request, etag=etag) or content(request, picture, width, format, etag)
    response["ETag"] = etag
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    if response.status_code in (200, 206, 304):
        patch_cache_control(response, private=True, max_age=YEAR, immutable=True)
    return response


def content(request: HttpRequest, picture: Image, width: int | None, format: str, etag: str) -> HttpResponseBase:
    try:
        name = rendition(picture, width, format, wait=SECONDS)
    except NoOriginal as error:
        raise Http404 from error
    except NotYet as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "2"})
    kind = f"image/{format.lower()}"
    if settings.ACCEL_PREFIX:  # the web server sends the file, or the part of it that is asked for
        return HttpResponse(content_type=kind, headers={"X-Accel-Redirect": settings.ACCEL_PREFIX + name})
    size = default_storage.size(name)
    part = requested_range(request, size, etag)
    if part is not None and not part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    sent = range(size) if part is None else part
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(len(sent))}
    if request.method == "HEAD":
        return HttpResponse(content_type=kind, headers=headers)
    if part is None:
        return StreamingHttpResponse(pieces(name, 0, size), content_type=kind, headers=headers)
    headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return StreamingHttpResponse(pieces(name, part.start, part.stop), status=206, content_type=kind, headers=headers)


def requested_range(request: HttpRequest, size: int, etag: str) -> range | None:
    """The requested range of bytes, empty where the file has no such bytes.

    None stands for the whole file: where no range is requested, or several, or an unreadable one, or one of another version.
    """
    match = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not match or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if not first:
        return range(size - min(int(last), size), size) if last else None
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)
