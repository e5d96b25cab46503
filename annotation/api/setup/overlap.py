"""How many annotators score each response, for managers' scripts."""

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.load import job_content
from annotation.api.setup.projects import body_of, project_of
from annotation.flow.jobs.queue import start_overlap
from annotation.flow.overlap import FIELDS, plan


class OverlapChanges(serializers.Serializer):
    overlap = serializers.IntegerField(min_value=1, required=False, help_text="annotators per response")
    larger_share = serializers.FloatField(min_value=0, max_value=1, required=False, help_text="of the responses have more")
    larger_overlap = serializers.IntegerField(min_value=2, allow_null=True, required=False, help_text="annotators of these")


class OverlapState(OverlapChanges):
    responses = serializers.IntegerField()
    in_share = serializers.IntegerField(help_text="responses that have more")
    slots_added = serializers.IntegerField(help_text="slots that a change which was stopped has still to add")
    slots_withdrawn = serializers.IntegerField(help_text="and to withdraw")
    kept = serializers.IntegerField(help_text="responses with more judgements than asked for, which stay")


@extend_schema(methods=["GET"], responses={200: OverlapState} | schema.HIDDEN)
@extend_schema(methods=["POST"], request=OverlapChanges, responses={202: schema.Job} | schema.BAD | schema.HIDDEN)
@api_view(["GET", "POST"])
def overlap(request: Request, slug: str) -> Response:
    """The annotators per response; a POST starts the job that changes those numbers that it names, and fits the slots to them."""
    project = project_of(request, slug)
    if request.method == "GET":
        return Response({name: getattr(project, name) for name in FIELDS} | asdict(plan(project)))
    job = start_overlap(project=project, changes=body_of(request.data, FIELDS), by=caller(request))
    return Response(job_content(job), status=202)
