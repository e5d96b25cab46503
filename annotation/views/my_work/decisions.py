"""An annotator's page of decisions on what they scored, once their own work is done: read, and discussed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.decided import decided, decided_cases
from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow import adjudicate
from annotation.limits import LONGEST_REMARK
from annotation.models import Membership, Role
from annotation.views.requests import UserRequest

PAGE = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decisions(request: UserRequest, slug: str) -> HttpResponse:
    """POST keeps a comment on the decision whose key is in `case`."""
    membership = membership_or_404(request.user, slug, Role.ANNOTATOR)
    if request.method == "POST":
        return comment(request, membership)
    cases = decided_cases(membership)
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    context = {
        "membership": membership,
        "page": page,
        "decided": list(decided(page.object_list, membership)),  # type: ignore[arg-type]
        "longest": LONGEST_REMARK,
        "done": adjudicate.work_is_done(membership.project, membership.user),
    }
    return render(request, "annotation/my_work/decisions.html", context)


def comment(request: UserRequest, membership: Membership) -> HttpResponse:
    number = request.POST.get("case", "")
    case = get_object_or_404(decided_cases(membership), pk=int(number) if number.isdecimal() and len(number) < 10 else 0)
    try:
        adjudicate.comment(case=case.pk, by=request.user, text=request.POST.get("text", ""))
        messages.success(request, _("Your comment is stored."))
    except Refused as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('decisions', args=[membership.project.slug])}#case-{case.pk}")
