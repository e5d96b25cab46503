"""For managers: closing and archiving a project, and undoing either."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.closing import ACTIONS
from annotation.models import Role
from annotation.views.requests import UserRequest

DONE = {
    "close": gettext_lazy("The project is closed: nobody gets another response to score."),
    "open": gettext_lazy("The project is open again."),
    "archive": gettext_lazy("The project is archived."),
    "unarchive": gettext_lazy("The project is back from the archive. It is closed."),
}


@login_required
@require_POST
def state(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    action = request.POST.get("action", "")
    try:
        if action not in ACTIONS:
            raise Refused(_("Choose what to do."))
        ACTIONS[action](project=membership.project, by=request.user)
        messages.success(request, DONE[action])
    except Refused as error:
        messages.error(request, str(error))
    return redirect("settings", slug=slug)
