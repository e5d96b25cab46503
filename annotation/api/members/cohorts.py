"""Cohorts of a project, and the cohort of a member, for managers."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.errors import ValidationError
from annotation.flow.cohorts import cohorts_of, delete_cohort, move_member, save_cohort
from annotation.models import Cohort, Project, Role

EMPTY: dict[str, Any] = {"name": "", "categories": [], "languages": []}


class NewCohort(serializers.Serializer):
    name = serializers.CharField()
    categories = serializers.ListField(child=serializers.CharField(), required=False, help_text="none: all categories")
    languages = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="none: all languages; queries of none come to everybody"
    )


class CohortChanges(NewCohort):
    name = serializers.CharField(required=False)


class CohortRow(NewCohort):
    id = serializers.IntegerField()
    members = serializers.ListField(child=serializers.CharField(), help_text="usernames")


class CohortOfMember(serializers.Serializer):
    cohort = serializers.CharField(allow_blank=True, help_text="its name; empty: in none")


def project_of(request: Request, slug: str) -> Project:
    return get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)


def body_of(request: Request) -> dict[str, Any]:
    """Raises ValidationError."""
    if not isinstance(request.data, dict) or set(request.data) - set(EMPTY):
        raise ValidationError({"cohort": _("expected an object of name, categories and languages")})
    return dict(request.data)


def row_of(project: Project, cohort: int) -> dict[str, Any]:
    return next(row for row in cohorts_of(project) if row["id"] == cohort)


@extend_schema(methods=["GET"], responses={200: CohortRow(many=True)} | schema.HIDDEN)
@extend_schema(methods=["POST"], request=NewCohort, responses={201: CohortRow} | schema.BAD | schema.HIDDEN)
@api_view(["GET", "POST"])
def listing(request: Request, slug: str) -> Response:
    """The cohorts by name; a POST makes one. For managers."""
    project = project_of(request, slug)
    if request.method == "GET":
        return Response(cohorts_of(project))
    made = save_cohort(project=project, by=caller(request), **EMPTY | body_of(request))
    return Response(row_of(project, made.pk), status=201)


@extend_schema(request=CohortChanges, responses={200: CohortRow} | schema.BAD | schema.HIDDEN)
@api_view(["PATCH"])
def change(request: Request, slug: str, pk: int) -> Response:
    """Change what the body names of a cohort. For managers."""
    project = project_of(request, slug)
    cohort = get_object_or_404(Cohort, project=project, pk=pk)
    now = {name: value for name, value in row_of(project, cohort.pk).items() if name in EMPTY}
    save_cohort(project=project, cohort=cohort.pk, by=caller(request), **now | body_of(request))
    return Response(row_of(project, cohort.pk))


@extend_schema(request=None, responses={200: CohortRow(many=True)} | schema.BAD | schema.HIDDEN)
@api_view(["POST"])
def delete(request: Request, slug: str, pk: int) -> Response:
    """Delete a cohort: its members are in none then. Answers with those that are left. For managers."""
    project = project_of(request, slug)
    try:
        delete_cohort(project=project, cohort=pk, by=caller(request))
    except Cohort.DoesNotExist:
        raise Http404 from None
    return Response(cohorts_of(project))


@extend_schema(request=CohortOfMember, responses={200: CohortOfMember} | schema.BAD | schema.HIDDEN)
@api_view(["PATCH"])
def of_member(request: Request, slug: str, username: str) -> Response:
    """Put a member in a cohort, and out of any other. For managers."""
    project = project_of(request, slug)
    name = request.data.get("cohort") if isinstance(request.data, dict) else None
    if not isinstance(name, str):
        raise ValidationError({"cohort": _("expected a text")})
    return Response({"cohort": move_member(username=username, project=project, cohort=name, by=caller(request))})
