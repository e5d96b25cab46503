"""For managers: a descriptor that is often in dispute, its draft for the rubric's next version, and the disputes beside it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.judgements import A_MINUTE, ProjectCache
from annotation.flow.lessons import Selection, chosen, read_disputes
from annotation.flow.lessons.descriptor import draft_descriptor, draft_of, level_of
from annotation.flow.shown import show_scores
from annotation.models import Project, Role
from annotation.views.lessons.pages import PAGE, dispute_row
from annotation.views.lessons.rows import Titles
from annotation.views.requests import UserRequest
from rubrics.models import Level


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def descriptor(request: UserRequest, slug: str) -> HttpResponse:
    """POST writes the descriptor into the draft."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    level, fault = own_level(request, membership.project), ""
    if request.method == "POST":
        text = request.POST.get("descriptor", "")
        try:
            rubric = draft_descriptor(project=membership.project, by=membership.user, level=level, descriptor=text)
            messages.success(request, _("Saved in the draft %(rubric)s.") % {"rubric": rubric.name})
            return redirect(request.get_full_path())
        except Refused as error:
            fault = str(error)
    name = level.criterion.rubric.name
    selection = Selection(rubric=name, criterion=level.criterion.key, level=level.value)
    disputes = chosen(read_disputes(ProjectCache(membership.project), behind=A_MINUTE)[0], selection)
    page = Paginator(sorted(disputes, key=lambda dispute: not dispute.is_decided), PAGE).get_page(request.GET.get("page"))
    show_scores({dispute.task for dispute in page}, to=request.user, project=membership.project)
    titles, draft = Titles(membership.project), draft_of(level)
    context = {
        "membership": membership,
        "is_manager": True,
        "level": level,
        "draft": draft,
        "text": request.POST.get("descriptor", "") if fault else (draft or level).descriptor,
        "fault": fault,
        "page": page,
        "rows": [dispute_row(dispute, titles) for dispute in page],
    }
    return render(request, "annotation/lessons/descriptor.html", context, status=400 if fault else 200)


def own_level(request: UserRequest, project: Project) -> Level:
    rubric, criterion, value = (request.GET.get(name, "") for name in ("rubric", "criterion", "level"))
    if not value.removeprefix("-").isdecimal() or len(value) > 5 or "\0" in rubric + criterion:
        raise Http404
    try:
        return level_of(project, rubric, criterion, int(value))
    except Level.DoesNotExist as error:
        raise Http404 from error
