"""What disputes teach, for scripts."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.membership import membership_or_404
from annotation.api import schema
from annotation.api.caller import caller
from annotation.flow.lessons import lessons
from annotation.models import Role


class DisputeCounts(serializers.Serializer):
    disputed = serializers.IntegerField(help_text="disputed criteria of responses; of an adjudicator's report the decided ones")
    decided = serializers.IntegerField()
    responses = serializers.IntegerField()


class Lessons(serializers.Serializer):
    project = serializers.CharField()
    disputes = DisputeCounts()
    causes = serializers.DictField(help_text="total, and rows by criterion, levels, category and field")
    criteria = serializers.ListField(child=serializers.DictField(), help_text="the most disputed first")
    descriptors = serializers.ListField(child=serializers.DictField(), help_text="the most disputed first")
    levels = serializers.ListField(
        child=serializers.DictField(), help_text="per criterion: each two neighbouring levels, and the levels that nobody gives"
    )
    adjudicators = serializers.DictField(
        help_text="against_annotators, against_blind_scores, among_adjudicators; for managers also annotators"
    )


@extend_schema(responses={200: Lessons} | schema.HIDDEN)
@api_view(["GET"])
def report(request: Request, slug: str) -> Response:
    """Causes, criteria and descriptors in dispute, levels that are not told apart, and what adjudicators decided.

    For managers; adjudicators get the decided disputes alone, and nothing about single annotators.
    """
    membership = membership_or_404(caller(request), slug, Role.MANAGER, Role.ADJUDICATOR)
    return Response(lessons(membership.project, for_manager=membership.role == Role.MANAGER))
