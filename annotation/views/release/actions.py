"""What is done with a release: it is downloaded, which is recorded, or retracted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annotation.access.archives import release_answer
from annotation.errors import AlreadyDone, ValidationError
from annotation.flow import release as releases
from annotation.views.release.detail import membership_and_release, overview_content
from annotation.views.requests import UserRequest


@login_required
@require_GET
def download(request: UserRequest, slug: str, version: int) -> HttpResponseBase:
    _membership, release = membership_and_release(request, slug, version)
    try:
        return release_answer(releases.download(release=release, by=request.user))
    except releases.NotStored as error:
        messages.error(request, str(error))
        return redirect("release", slug, version)


@login_required
@require_POST
def retract(request: UserRequest, slug: str, version: int) -> HttpResponse:
    membership, release = membership_and_release(request, slug, version)
    try:
        releases.retract(release=release, reason=request.POST.get("reason", ""), by=request.user)
        messages.success(request, _("Release %(version)s is retracted.") % {"version": version})
    except ValidationError as error:
        context = overview_content(membership, release)
        context |= {"fault": error.fields["reason"], "reason": request.POST.get("reason", "")}
        return render(request, "annotation/release/release.html", context, status=400)
    except AlreadyDone as error:
        messages.info(request, str(error))
    return redirect("release", slug, version)
