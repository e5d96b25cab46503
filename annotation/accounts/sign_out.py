"""Signs out of a browser that others use too, and clears what it keeps."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def clear_device(request: HttpRequest) -> HttpResponse:
    """Says how much unsent work the browser keeps, and clears it. Also for whose session has ended."""
    if request.method != "POST":
        return render(request, "registration/clear_device.html")
    logout(request)
    answer = render(request, "registration/device_cleared.html")
    # Not "cookies": browsers delete those of all hosts of the domain. Obeyed over HTTPS; the page's script clears elsewhere.
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
