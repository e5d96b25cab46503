"""What managers do with a scorer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotation.errors import AlreadyDone, ValidationError
from annotation.flow import check
from annotation.models import Scorer
from annotation.views.requests import UserRequest
from annotation.views.scorers.detail import page_of


@login_required
@require_POST
def withdraw(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    scorer = get_object_or_404(Scorer.objects.for_manager(request.user).in_list(), project__slug=slug, pk=pk)
    reason = request.POST.get("reason", "")
    try:
        check.withdraw(scorer=scorer, reason=reason, by=request.user)
        messages.success(request, _("%(scorer)s is withdrawn.") % {"scorer": scorer.name})
    except AlreadyDone as error:
        messages.info(request, str(error))
    except ValidationError as error:
        page = page_of(request, scorer, reason, fault=error.fields["reason"])
        return render(request, "annotation/scorers/scorer.html", page, status=400)
    return redirect("scorer", slug, pk)
