"""The shapes of the calls about scorers, for OpenAPI."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from annotation.flow.check import SPLITS


class ScorerUpload(serializers.Serializer):
    file = serializers.FileField(help_text="MMIE's result file (JSON), JSON Lines or CSV")
    name = serializers.CharField(help_text="of the scorer; a file of a scorer that is there is its next run")
    scale = serializers.CharField(
        required=False, help_text="the lowest and the highest value of the scorer's scale, as in 0:10; by default the rubric's"
    )
    trained_on = serializers.IntegerField(
        required=False, help_text="the number of the release on whose train split it was trained"
    )


class Withdrawn(serializers.Serializer):
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True)
    reason = serializers.CharField()


class Scale(serializers.Serializer):
    low = serializers.FloatField()
    high = serializers.FloatField()


class ScorerRun(serializers.Serializer):
    number = serializers.IntegerField()
    run = serializers.CharField(help_text="as the file names it; empty where it does not")
    file = serializers.CharField()
    sha256 = serializers.CharField()
    scale = Scale(allow_null=True, help_text="null: the rubric's")
    made_at = serializers.DateTimeField()
    made_by = serializers.CharField(allow_null=True)
    counts = serializers.DictField(
        help_text="of all responses of the project: responses, scored, unreadable, unreadable_because, missing, extra, clipped,"
        " several_numbers, cut, dropped"
    )


class ScorerRow(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    made_at = serializers.DateTimeField()
    made_by = serializers.CharField(allow_null=True)
    trained_on = serializers.IntegerField(allow_null=True, help_text="the number of a release")
    withdrawn = Withdrawn(allow_null=True)
    runs = ScorerRun(many=True)


class ScorerDetail(ScorerRow):
    report = serializers.DictField(allow_null=True, help_text="as check_scorer --json prints it; null while there are no labels")


class WithdrawReason(serializers.Serializer):
    reason = serializers.CharField()


class ScorerBeside(serializers.Serializer):
    id = serializers.IntegerField()
    scorer = serializers.CharField()
    scored = serializers.IntegerField(help_text="labels that it scores")
    overall = serializers.DictField(help_text="its measures, on the shared responses")


class ScorersDiffer(serializers.Serializer):
    first = serializers.CharField()
    second = serializers.CharField()
    overall = serializers.DictField(help_text="each measure of the first less that of the second, with a paired interval")


class ScorersCompared(serializers.Serializer):
    project = serializers.CharField()
    split = serializers.CharField()
    release = serializers.IntegerField(allow_null=True)
    labels = serializers.IntegerField()
    shared = serializers.IntegerField(help_text="labels that all of these scorers score")
    scorers = ScorerBeside(many=True)
    baselines = serializers.DictField()
    differences = ScorersDiffer(many=True)


TWO_TO_SIX = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 6}
SCORERS = OpenApiParameter("scorer", TWO_TO_SIX, required=True, description="the numbers of two to six scorers")
SPLIT = OpenApiParameter("split", str, enum=list(SPLITS), description="of the release; check by default")
RELEASE = OpenApiParameter("release", int, description="its number; by default the newest that is not retracted")
