"""A member's projects, and a project's agreement report."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.membership import refuse_unless_creator
from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.setup.projects import CreatedProject, NewProject, posted_project
from annotation.flow.agree import agreement_report
from annotation.flow.agree.paper import paper_of
from annotation.flow.agree.report import MOST_GROUPS, read_resamples
from annotation.flow.setup.projects import create_project
from annotation.models import Membership, Project, Role


@extend_schema(methods=["GET"], responses={200: schema.Progress(many=True)} | schema.UNKNOWN)
@extend_schema(methods=["POST"], request=NewProject, responses={201: CreatedProject} | schema.BAD | schema.UNKNOWN)
@api_view(["GET", "POST"])
def projects(request: Request) -> Response:
    """The caller's projects that are not archived, with their roles in each. A POST creates one, of which the caller becomes the
    manager: for administrators and for people whom they let."""
    if request.method == "POST":
        refuse_unless_creator(request.user)
        made = create_project(**posted_project(request.data), by=caller(request))
        return Response({"slug": made.slug, "title": made.title, "role": Role.MANAGER}, status=201)
    memberships = Membership.objects.filter(user=caller(request), project__archived_at=None).select_related("project")
    return Response(
        [
            {
                "slug": membership.project.slug,
                "title": membership.project.title,
                "role": membership.role,
                "roles": membership.roles,
            }
            for membership in memberships.order_by("project__slug").whole()
        ]
    )


@extend_schema(parameters=[schema.BY, schema.RESAMPLES, schema.SEED], responses={200: schema.Report} | schema.BAD | schema.HIDDEN)
@api_view(["GET"])
def agreement(request: Request, slug: str) -> Response:
    """The agreement report, for managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    by = [column for column in request.query_params.get("by", "").split(",") if column]
    resamples = read_resamples(request.query_params.get("resamples", 1000), request.query_params.get("seed", 0))
    return Response(agreement_report(project, by, resamples, most_groups=MOST_GROUPS))


@extend_schema(
    parameters=[schema.FORM, schema.RESAMPLES, schema.SEED], responses={200: schema.Paper} | schema.BAD | schema.HIDDEN
)
@api_view(["GET"])
def paper(request: Request, slug: str) -> Response:
    """The agreement report as text for a paper: paragraph, tables and references, for managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    form = request.query_params.get("form", "text")
    resamples = read_resamples(request.query_params.get("resamples", 1000), request.query_params.get("seed", 0))
    return Response({"form": form, "paper": paper_of(project, form, resamples)})
