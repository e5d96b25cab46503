"""Rubrics for scripts: the list of versions, one version with its criteria and levels; write, freeze, begin the next version."""

from dataclasses import asdict
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from rubrics import versioning
from rubrics.checks import bad_field
from rubrics.comparison import compare
from rubrics.models import Rubric, may_begin_rubrics
from rubrics.payload import rubric_content
from rubrics.pictures import LARGEST
from rubrics.views import both_versions
from rubrics.yaml import parse, record_of


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


class UploadedImage(serializers.Serializer):
    image = serializers.CharField(help_text="its SHA-256, by which an example names it")
    address = serializers.CharField()


class LoadedRubric(RubricName):
    created = serializers.BooleanField(help_text="false where the newest version has this content already")


class ChangeShape(serializers.Serializer):
    criterion = serializers.CharField(allow_blank=True, help_text="its key; empty for the whole rubric")
    level = serializers.IntegerField(allow_null=True)
    field = serializers.CharField()
    words = serializers.CharField(help_text="the field's name in the caller's language")
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)
    is_wording = serializers.BooleanField()


class ComparedVersions(serializers.Serializer):
    to = serializers.CharField()
    comparable = serializers.BooleanField(help_text="whether wording alone differs")
    changes = ChangeShape(many=True)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python."""
        return {"from": serializers.CharField()} | super().get_fields()


class Detail(serializers.Serializer):
    detail = serializers.CharField()


class Refusal(Detail):
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.CharField(), required=False, help_text="the fault of each field"
    )


class RubricBody(serializers.Serializer):
    """A rubric file as JSON (docs/rubrics.md)."""

    slug = serializers.CharField()
    title = serializers.CharField()
    category = serializers.CharField()
    scale = serializers.DictField(child=serializers.IntegerField(), help_text="min and max")
    overall = serializers.DictField(required=False, help_text="method, min, max, rounding")
    guidance = serializers.CharField(required=False, allow_blank=True)
    shows_correct_answer = serializers.BooleanField(required=False)
    translations = serializers.DictField(required=False, help_text="by language: title, guidance, criteria")
    criteria = serializers.ListField(child=serializers.DictField())


UNAUTHENTICATED = {401: OpenApiResponse(Detail, "not signed in")}
NOT_FOUND = UNAUTHENTICATED | {404: OpenApiResponse(Detail, "not there, or of none of your projects")}
BAD = {400: OpenApiResponse(Refusal, "refused, with the fault of each field; nothing was stored")}
FORBIDDEN = UNAUTHENTICATED | {403: OpenApiResponse(Detail, "neither a manager of a project nor permitted to add rubrics")}
CONFLICT = NOT_FOUND | {409: OpenApiResponse(Detail, "frozen, or another version is the draft")}


def name_of(rubric: Rubric) -> dict[str, Any]:
    return {
        "slug": rubric.slug,
        "version": rubric.version,
        "title": rubric.title,
        "category": rubric.category,
        "frozen": rubric.frozen_at is not None,
    }


@extend_schema(methods=["GET"], responses={200: RubricName(many=True)} | UNAUTHENTICATED)
@extend_schema(methods=["POST"], request=RubricBody, responses={201: RubricName} | BAD | FORBIDDEN)
@api_view(["GET", "POST"])
def rubrics(request: Request) -> Response:
    """The rubrics of the caller's projects, newest first; for the staff every version. A POST begins a new rubric."""
    if request.method == "GET":
        return Response([name_of(rubric) for rubric in Rubric.objects.visible_to(request.user)])
    if not may_begin_rubrics(request.user):
        raise PermissionDenied
    return Response(name_of(versioning.begin(content=parse(request.data), by=request.user)), status=201)


@extend_schema(methods=["GET"], responses={200: RubricContent} | NOT_FOUND)
@extend_schema(methods=["PUT"], request=RubricBody, responses={200: RubricName} | BAD | CONFLICT)
@api_view(["GET", "PUT"])
def rubric(request: Request, slug: str, version: int) -> Response:
    """One version with its criteria and levels; a PUT replaces the content of a draft."""
    if request.method == "GET":
        visible = Rubric.objects.visible_to(request.user).with_content()
        return Response(rubric_content(get_object_or_404(visible, slug=slug, version=version)))
    draft = writable(request, slug, version)
    return Response(name_of(versioning.change(rubric=draft, content=parse(request.data), by=request.user)))


@extend_schema(request=RubricBody, responses={200: RubricName} | BAD | CONFLICT)
@api_view(["POST"])
def next_version(request: Request, slug: str, version: int) -> Response:
    """Begin the next version of a frozen one, as a draft; the same content again begins none."""
    frozen = writable(request, slug, version)
    return Response(name_of(versioning.begin_next(rubric=frozen, content=parse(request.data), by=request.user)))


@extend_schema(request=None, responses={200: RubricName} | NOT_FOUND)
@api_view(["POST"])
def freeze(request: Request, slug: str, version: int) -> Response:
    """From now on the version never changes."""
    draft = writable(request, slug, version)
    versioning.freeze(rubric=draft)
    draft.refresh_from_db()
    return Response(name_of(draft))


@extend_schema(request=RubricBody, responses={200: LoadedRubric} | BAD | FORBIDDEN)
@api_view(["POST"])
def load(request: Request) -> Response:
    """As load_rubric: the same content again changes nothing, changed content is the slug's next version."""
    if not may_begin_rubrics(request.user):
        raise PermissionDenied
    loaded, created = versioning.load_by(content=parse(request.data), by=request.user)
    return Response(name_of(loaded) | {"created": created})


@extend_schema(responses={200: RubricBody} | NOT_FOUND)
@api_view(["GET"])
def file(request: Request, slug: str, version: int) -> Response:
    """The version as a rubric file in JSON, which can be loaded again."""
    visible = Rubric.objects.visible_to(request.user).with_content()
    content = versioning.content_of(get_object_or_404(visible, slug=slug, version=version))
    return Response(record_of(content))


@extend_schema(
    parameters=[OpenApiParameter("with", int, description="the earlier version; by default the one before")],
    responses={200: ComparedVersions} | NOT_FOUND,
)
@api_view(["GET"])
def comparison(request: Request, slug: str, version: int) -> Response:
    """What differs from an earlier version, and whether scores given under both can be compared: only wording differs then."""
    old, new = both_versions(request.user, slug, version, request.GET.get("with", ""))
    compared = compare(versioning.content_of(old), versioning.content_of(new))
    changes = [asdict(change) for change in compared.changes]
    return Response({"from": old.name, "to": new.name, "comparable": compared.is_comparable, "changes": changes})


@extend_schema(
    request={"multipart/form-data": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}},
    responses={201: UploadedImage} | BAD | FORBIDDEN,
)
@api_view(["POST"])
@parser_classes([MultiPartParser])
def image(request: Request) -> Response:
    """Store an image for the example of a level: {"text": …, "image": …}. Deleted if no level has it in time."""
    if not may_begin_rubrics(request.user):
        raise PermissionDenied
    file = request.FILES.get("file")
    if file is None:
        raise bad_field("file", _("%(field)s: expected an image") % {"field": "file"})
    digest = versioning.add_image(content=file.read(LARGEST + 1), field="file")
    return Response({"image": digest, "address": reverse("rubrics:image", args=[digest])}, status=201)


def writable(request: Request, slug: str, version: int) -> Rubric:
    return get_object_or_404(Rubric.objects.writable_by(request.user), slug=slug, version=version)


urlpatterns = [
    path("", rubrics, name="rubrics"),
    path("load/", load, name="rubric-load"),
    path("images/", image, name="rubric-images"),
    path("<slug:slug>/<int:version>/file/", file, name="rubric-file"),
    path("<slug:slug>/<int:version>/compare/", comparison, name="rubric-compare"),
    path("<slug:slug>/<int:version>/", rubric, name="rubric"),
    path("<slug:slug>/<int:version>/next/", next_version, name="rubric-next"),
    path("<slug:slug>/<int:version>/freeze/", freeze, name="rubric-freeze"),
]
