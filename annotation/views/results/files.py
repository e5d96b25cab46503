"""What is taken along from the results: CSV, Markdown, LaTeX, and pictures as SVG, as files."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.results import results_report
from annotation.flow.results.files import csv_of, pictures_of, text_of
from annotation.models import Role
from annotation.views.requests import UserRequest
from annotation.views.results.pages import asked

TYPES = {"csv": ("csv", "text/csv"), "markdown": ("md", "text/markdown"), "latex": ("tex", "application/x-tex")}


@login_required
@require_safe
def download(request: UserRequest, slug: str) -> HttpResponse:
    """The tables in one `form`, or one `picture`; the tables as CSV without either."""
    project = membership_or_404(request.user, slug, Role.MANAGER).project
    try:
        report = results_report(project, (), *asked(project, request.GET))
    except Refused as error:
        raise Http404(str(error)) from error
    if name := request.GET.get("picture", ""):
        picture = pictures_of(report).get(name)
        if picture is None:
            raise Http404(name)
        return attachment(picture, f"{slug}-{name.replace('@', '-')}.svg", "image/svg+xml")
    form = request.GET.get("form", "csv")
    if form not in TYPES:
        raise Http404(form)
    suffix, kind = TYPES[form]
    return attachment(csv_of(report) if form == "csv" else text_of(report, form), f"{slug}-results.{suffix}", kind)


def attachment(content: str | bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=f"{kind}; charset=utf-8", headers=headers)
