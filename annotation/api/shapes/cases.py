"""The shapes of the calls about cases, for OpenAPI."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from annotation.api.schema import TaskContent
from annotation.api.shapes.levels import LevelOrNA, scores_field
from annotation.flow.adjudicate.queue import STATES
from annotation.models import Decision

SORTS = ("order", "since", "-since", "category", "field", "state", "gap", "-gap")


class Judgement(serializers.Serializer):
    name = serializers.CharField(help_text="neutral, as in Annotator A")
    letter = serializers.CharField(help_text="for adopt and send-back")
    scores = serializers.DictField(child=LevelOrNA(), help_text='a level or "na" per criterion')
    penalties = serializers.ListField(child=serializers.CharField())
    feedback = serializers.CharField()
    overall = serializers.IntegerField(allow_null=True, help_text="where annotators give it")
    notes = serializers.DictField(child=serializers.CharField())
    block_notes = serializers.ListField(child=serializers.DictField(), help_text="part, block, text")
    errors = serializers.ListField(child=serializers.DictField(), help_text="type, title, block or null")  # type: ignore[assignment]
    confidence = serializers.DictField(child=serializers.IntegerField())
    revised = serializers.BooleanField()


class Decided(serializers.Serializer):
    score = serializers.JSONField(required=False, help_text='a level or "na"; of a penalty true or false')
    cause = serializers.ChoiceField(
        Decision.Cause.choices, required=False, help_text="may be left out where the annotators gave the same"
    )
    reason = serializers.CharField(required=False, allow_blank=True)


class CaseHead(serializers.Serializer):
    id = serializers.IntegerField()
    criteria = serializers.ListField(child=serializers.CharField(), help_text="the keys of those that are asked")
    revealed = Judgement(many=True, allow_null=True, help_text="null before the blind scores")
    phase = serializers.ChoiceField(["blind", "decision", "ended"])
    ending = serializers.CharField(help_text="how your part ended; empty while you hold the case")
    lease_expires_at = serializers.DateTimeField(allow_null=True)
    draft = serializers.JSONField(allow_null=True)
    draft_version = serializers.IntegerField(help_text="for If-Match; 0: there is no draft")
    blind = serializers.DictField(child=serializers.JSONField(), allow_null=True, help_text="your own blind scores")
    outcome = serializers.CharField(help_text="decided or unusable; empty while the case is open, or you have not seen it")
    decisions = serializers.DictField(child=Decided(), help_text="per criterion; empty before the decision")
    feedback = serializers.CharField()
    adopted = serializers.CharField(allow_null=True, help_text="the letter of the annotator whose feedback was adopted")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="given before in this project, newest first")
    colleagues = serializers.ListField(child=serializers.CharField(), help_text="to whom you can hand the case over")


class Case(TaskContent):
    adjudication = CaseHead()


class Start(serializers.Serializer):
    task = serializers.IntegerField(required=False, help_text="of the list; without it the next that waits")


class Answers(serializers.Serializer):
    answers = serializers.DictField(child=serializers.JSONField())


class CaseDraft(serializers.Serializer):
    phase = serializers.ChoiceField(["blind", "decision"])
    scores = scores_field('of the blind phase: a level or "na" per criterion')
    active_seconds = serializers.IntegerField(min_value=0, required=False)
    decisions = serializers.DictField(child=Decided(), required=False)
    shared_reason = serializers.CharField(
        required=False, allow_blank=True, allow_null=True, help_text="the one that was written for all criteria"
    )
    feedback = serializers.CharField(required=False, allow_blank=True, help_text="may stand beside adopt while it is a draft")
    adopt = serializers.CharField(required=False, allow_null=True)


class Decisions(serializers.Serializer):
    decisions = serializers.DictField(child=Decided())
    feedback = serializers.CharField(required=False, allow_blank=True, help_text="for the release")
    adopt = serializers.CharField(required=False, allow_null=True, help_text="the letter whose feedback is taken instead")


class DecidedCase(serializers.Serializer):
    adjudication = serializers.IntegerField()


class Reason(serializers.Serializer):
    reason = serializers.CharField()


class HandOver(serializers.Serializer):
    to = serializers.CharField(help_text="the username of another adjudicator")
    note = serializers.CharField(required=False, allow_blank=True)


class SendBack(serializers.Serializer):
    annotator = serializers.CharField(help_text="the letter")
    note = serializers.CharField()


class Text(serializers.Serializer):
    text = serializers.CharField()


class Comment(Text):
    id = serializers.IntegerField(help_text="counts the comments of the case")
    name = serializers.CharField(help_text="neutral; You for your own")
    own = serializers.BooleanField()
    at = serializers.DateTimeField()


class Comments(serializers.Serializer):
    comments = Comment(many=True)


class WaitingResponse(serializers.Serializer):
    task = serializers.IntegerField()
    adjudication = serializers.IntegerField(allow_null=True, help_text="the open case, if there is one")
    query = serializers.CharField()
    category = serializers.CharField()
    field = serializers.CharField()
    criteria = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(STATES)
    since = serializers.DateField(help_text="of its last first judgement")
    reserved = serializers.BooleanField(help_text="for you")
    gap = serializers.IntegerField(required=False, help_text="for managers, like what follows")
    disputed = serializers.BooleanField(required=False, help_text="false: one of the undisputed that are mixed in")
    second = serializers.BooleanField(required=False, help_text="decided already: once more, for comparison")
    holder = serializers.CharField(required=False, allow_null=True)
    reserved_for = serializers.CharField(required=False, allow_null=True)


class WaitingResponses(serializers.Serializer):
    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    adjudications = WaitingResponse(many=True)


FILTERS = [
    OpenApiParameter("category", str),
    OpenApiParameter("field", str),
    OpenApiParameter("criterion", str, description="a criterion's key"),
    OpenApiParameter("state", str, enum=list(STATES)),
    OpenApiParameter("gap", int, description="the least range of ratings; for managers alone"),
    OpenApiParameter("sort", str, enum=list(SORTS), description="order, as it is offered, by default; gap for managers alone"),
    OpenApiParameter("page", int, description="from 1; a page has 100 responses"),
]
