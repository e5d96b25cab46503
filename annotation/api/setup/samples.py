"""Samples of a project, for its managers: drawn from the responses that were loaded as a pool."""

from typing import Any

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
from annotation.flow.sample import STRATA, Plan, draw_sample, preview_sample, sampled_rows
from annotation.forms.sample import FIELDS, sample_plan
from annotation.forms.upload import as_boolean
from annotation.models import Project, Role, Sample


class StratumShape(serializers.Serializer):
    values = serializers.ListField(child=serializers.CharField(), help_text="of the names in by, in their order")
    size = serializers.IntegerField(help_text="how many responses, or queries, of the pool")
    drawn = serializers.IntegerField()


class PlanShape(serializers.Serializer):
    size = serializers.IntegerField(min_value=1, help_text="responses, or with the unit query queries")
    by = serializers.ListField(child=serializers.ChoiceField(STRATA), required=False, help_text="the strata")
    unit = serializers.ChoiceField(Sample.Unit.choices, required=False)
    allocation = serializers.ChoiceField(Sample.Allocation.choices, required=False)
    systems = serializers.ListField(child=serializers.CharField(), required=False, help_text="of these alone; empty for all")
    seed = serializers.IntegerField(required=False)


class SampleShape(PlanShape):
    number = serializers.IntegerField(allow_null=True, help_text="null where nothing was drawn, by dry_run")
    strata = StratumShape(many=True)
    responses = serializers.IntegerField()
    drawn_at = serializers.DateTimeField(allow_null=True)
    drawn_by = serializers.CharField(allow_null=True)


class NewSampleShape(PlanShape):
    dry_run = serializers.BooleanField(required=False, help_text="say what would be drawn, store nothing")


class SampledShape(serializers.Serializer):
    id = serializers.CharField()
    system = serializers.CharField()
    sample = serializers.IntegerField()
    category = serializers.CharField()
    field = serializers.CharField()
    subfield = serializers.CharField()
    chance = serializers.FloatField(help_text="the share of its stratum that was drawn")


class SampleWithResponses(SampleShape):
    sampled = SampledShape(many=True)


def plan_content(plan: Plan | Sample) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in FIELDS}


def sample_content(sample: Sample) -> dict[str, Any]:
    return plan_content(sample) | {
        "number": sample.number,
        "strata": sample.strata,
        "responses": sample.sampled.count(),
        "drawn_at": sample.drawn_at,
        "drawn_by": sample.drawn_by and sample.drawn_by.username,
    }


@extend_schema(methods=["GET"], responses={200: SampleShape(many=True)} | schema.HIDDEN)
@extend_schema(
    methods=["POST"],
    request=NewSampleShape,
    responses={200: SampleShape, 201: SampleShape} | schema.BAD | schema.HIDDEN,
)
@api_view(["GET", "POST"])
def listing(request: Request, slug: str) -> Response:
    """The samples that were drawn, oldest first; a POST draws one, or with dry_run says what it would hold. For managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    if request.method == "GET":
        return Response([sample_content(sample) for sample in Sample.objects.for_manager(request.user).filter(project=project)])
    if not isinstance(request.data, dict):
        raise ValidationError({"sample": _("Expected an object with the plan.")})
    values = dict(request.data)
    dry_run = as_boolean(values.pop("dry_run", ""), "dry_run")
    plan = sample_plan(values)
    if dry_run:
        preview = preview_sample(project, plan)
        undrawn = {"number": None, "strata": preview.strata, "responses": preview.drawn, "drawn_at": None, "drawn_by": None}
        return Response(plan_content(plan) | undrawn)
    return Response(sample_content(draw_sample(project=project, plan=plan, by=caller(request))), status=201)


@extend_schema(responses={200: SampleWithResponses} | schema.HIDDEN)
@api_view(["GET"])
def detail(request: Request, slug: str, number: int) -> Response:
    """A sample with its responses, each with the chance that it had. For managers."""
    sample = get_object_or_404(Sample.objects.for_manager(request.user), project__slug=slug, number=number)
    return Response(sample_content(sample) | {"sampled": list(sampled_rows(sample))})
