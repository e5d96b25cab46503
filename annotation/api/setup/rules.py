"""A project's rules for disputes and labels, for managers."""

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
from annotation.flow.adjudicate.rules import put_in_force
from annotation.models import Deciders, LabelsFrom, Project, Role


class RulesShape(serializers.Serializer):
    pair_gap = serializers.IntegerField(min_value=1, required=False, help_text="a dispute between two scores from this gap")
    group_range = serializers.IntegerField(min_value=1, required=False, help_text="among three or more from this range")
    penalties = serializers.BooleanField(required=False, help_text="a penalty that only some gave is a dispute")
    applicability = serializers.BooleanField(required=False, help_text="a criterion that only some found applicable is")
    holistic = serializers.BooleanField(required=False, help_text="an overall that is scored directly is, by the same gaps")
    cut_off = serializers.IntegerField(
        min_value=1, allow_null=True, required=False, help_text="a dispute when some scores are below this level, others not"
    )
    deciders = serializers.ChoiceField(Deciders.choices, required=False)
    further_annotator = serializers.BooleanField(required=False, help_text="one more annotator before an adjudicator")
    undisputed_share = serializers.FloatField(min_value=0, max_value=1, required=False, help_text="of the undisputed")
    second_share = serializers.FloatField(min_value=0, max_value=1, required=False, help_text="decided twice, for comparison")
    labels_from = serializers.ChoiceField(LabelsFrom.choices, required=False)


@extend_schema(methods=["GET"], responses={200: RulesShape} | schema.HIDDEN)
@extend_schema(methods=["PATCH"], request=RulesShape, responses={200: RulesShape} | schema.BAD | schema.HIDDEN)
@api_view(["GET", "PATCH"])
def rules(request: Request, slug: str) -> Response:
    """The rules; a PATCH changes those that it names. For managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    if request.method == "GET":
        return Response(project.rules.as_values())
    if not isinstance(request.data, dict):
        raise ValidationError({"rules": _("Expected an object with the rules to change.")})
    return Response(put_in_force(project=project, by=caller(request), changes=dict(request.data)).as_values())
