"""The shapes of agreement over time, for OpenAPI."""

from rest_framework import serializers


class Slope(serializers.Serializer):
    slope = serializers.FloatField(allow_null=True, help_text="change of the figure per week")
    se = serializers.FloatField(allow_null=True, help_text="its standard error")
    low = serializers.FloatField(allow_null=True, help_text="of its 95 % interval")
    high = serializers.FloatField(allow_null=True)
    p = serializers.FloatField(allow_null=True, help_text="of no change, two-sided")
    n = serializers.IntegerField(help_text="the number of weeks")
    reason = serializers.CharField(allow_null=True, help_text="why there is no slope")


class TrendRow(serializers.Serializer):
    rubric = serializers.CharField()
    criterion = serializers.CharField()
    alpha = Slope()


class PairsOfWeeks(serializers.Serializer):
    rubric = serializers.CharField()
    pairs = serializers.IntegerField(help_text="pairs of judgements of one response")
    within = serializers.IntegerField(help_text="those given in one week; the others are of no week")
