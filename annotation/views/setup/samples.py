"""For managers: which responses of the pool are to be scored."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from annotation.access.membership import membership_or_404
from annotation.errors import Refused, ValidationError
from annotation.flow.sample import draw_sample, preview_sample, sampled_csv
from annotation.forms.sample import posted_plan, sample_command, sample_plan
from annotation.models import Project, Role, Sample, Task
from annotation.views.requests import UserRequest

TITLES = {
    "category": gettext_lazy("Category"),
    "field": gettext_lazy("Field"),
    "subfield": gettext_lazy("Subfield"),
    "system": gettext_lazy("System"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def samples(request: UserRequest, slug: str) -> HttpResponse:
    """A POST draws a sample or, with `preview`, shows what it would hold."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    context: dict[str, Any] = {"membership": membership, "faults": {}, "refused": "", "preview": None}
    context["plan"] = {"size": "", "by": ["category", "system"], "unit": "response", "allocation": "proportional"}
    if request.method == "POST":
        context["plan"] = posted_plan(request.POST)
        try:
            plan = sample_plan(context["plan"])
            if "preview" not in request.POST:
                sample = draw_sample(project=project, plan=plan, by=request.user)
                messages.success(request, _("Sample %(number)s was drawn.") % {"number": sample.number})
                return redirect("sample", slug=slug, number=sample.number)
            context |= {"preview": preview_sample(project, plan), "command": sample_command(slug, plan)}
            context["preview_by"] = [TITLES[name] for name in plan.by]
        except ValidationError as error:
            context["faults"] = error.fields
        except Refused as error:
            context["refused"] = str(error)
    context |= about_pool(project)
    context |= {"strata": TITLES.items(), "units": Sample.Unit.choices, "allocations": Sample.Allocation.choices}
    faulty = context["faults"] or context["refused"]
    return render(request, "annotation/samples/samples.html", context, status=400 if faulty else 200)


def about_pool(project: Project) -> dict[str, Any]:
    """How many responses of each system are in the pool, and the samples that were drawn. Two queries."""
    pool = Task.objects.study(project).in_pool().order_by()
    systems = list(pool.values_list("response__system").annotate(number=Count("pk")).order_by("response__system"))
    drawn = Sample.objects.filter(project=project).select_related("drawn_by").annotate(responses=Count("sampled"))
    return {"systems": systems, "pool": sum(number for _system, number in systems), "samples": drawn.order_by("-number")}


@login_required
@require_safe
def sample(request: UserRequest, slug: str, number: int) -> HttpResponse:
    """What was drawn of which strata; with `?file` its responses as CSV, each with the chance that it had."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    drawn = get_object_or_404(Sample.objects.for_manager(request.user), project=membership.project, number=number)
    if "file" in request.GET:
        headers = {"Content-Disposition": f'attachment; filename="{slug}-sample-{number}.csv"'}
        return HttpResponse(sampled_csv(drawn), content_type="text/csv; charset=utf-8", headers=headers)
    context = {"membership": membership, "sample": drawn, "by": [TITLES[name] for name in drawn.by]}
    return render(request, "annotation/samples/sample.html", context | {"responses": drawn.sampled.count()})
