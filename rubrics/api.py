"""Rubrics for scripts: the list of versions, and one version with its criteria and levels."""

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from rubrics.models import Rubric
from rubrics.payload import rubric_content


class RubricName(serializers.Serializer):
    slug = serializers.CharField()
    version = serializers.IntegerField()
    title = serializers.CharField()
    category = serializers.CharField()
    frozen = serializers.BooleanField()


class RubricContent(serializers.Serializer):
    slug = serializers.CharField()
    version = serializers.IntegerField()
    title = serializers.CharField()
    scale = serializers.DictField()
    overall = serializers.DictField()
    guidance = serializers.CharField(allow_blank=True)
    criteria = serializers.ListField(child=serializers.DictField())


class Detail(serializers.Serializer):
    detail = serializers.CharField()


UNAUTHENTICATED = {401: OpenApiResponse(Detail, "not signed in")}
NOT_FOUND = UNAUTHENTICATED | {404: OpenApiResponse(Detail, "not there, or of none of your projects")}


@extend_schema(responses={200: RubricName(many=True)} | UNAUTHENTICATED)
@api_view(["GET"])
def rubrics(request: Request) -> Response:
    """The rubrics of the caller's projects, newest first; for the staff every version of every rubric."""
    return Response(
        [
            {
                "slug": rubric.slug,
                "version": rubric.version,
                "title": rubric.title,
                "category": rubric.category,
                "frozen": rubric.frozen_at is not None,
            }
            for rubric in Rubric.objects.visible_to(request.user)
        ]
    )


@extend_schema(responses={200: RubricContent} | NOT_FOUND)
@api_view(["GET"])
def rubric(request: Request, slug: str, version: int) -> Response:
    """One version with its criteria and levels."""
    visible = Rubric.objects.visible_to(request.user).with_content()
    return Response(rubric_content(get_object_or_404(visible, slug=slug, version=version)))


urlpatterns = [
    path("", rubrics, name="rubrics"),
    path("<slug:slug>/<int:version>/", rubric, name="rubric"),
]
