"""What is not found: somebody who has left the project is told so, and a manager who needs a second factor is led to it."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from annotation.access.left import in_words, left_project, project_asking_for_second_factor
from annotation.views.annotate import asks_for_json, render_page
from annotation.views.requests import UserRequest

GONE = 409  # to the annotator's page, which keeps the work and sends nothing more; 404 it takes for signed out


def not_found(request: UserRequest, exception: Exception) -> HttpResponse:
    match = request.resolver_match
    if match and (asking := project_asking_for_second_factor(request.user, match.route, match.kwargs)):
        words = _("%(project)s asks its managers for a second factor. Set it up, then go on.") % {"project": asking.title}
        messages.warning(request, words)
        return redirect("mfa_activate_totp")
    project = left_project(request.user, match.route, match.kwargs) if match else None
    if project is None:
        return page_not_found(request, exception)
    if asks_for_json(request):
        return JsonResponse({"detail": in_words(project)}, status=GONE)
    context = {"project": project, "words": in_words(project)}
    return render_page(request, "annotation/projects/left.html", context, status=GONE if request.htmx else 404)
