"""OpenAPI: a figure, and the rows of the agreement report about annotators."""

from rest_framework import serializers


class Figure(serializers.Serializer):
    value = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField(help_text="the number of responses")
    reason = serializers.CharField(allow_null=True, help_text="why there is no value")
    low = serializers.FloatField(allow_null=True, required=False, help_text="of the 95 % interval; absent without resamples")
    high = serializers.FloatField(allow_null=True, required=False)
    no_interval = serializers.CharField(allow_null=True, required=False, help_text="why a value has no interval")


class Estimate(Figure):
    se = serializers.FloatField(allow_null=True, required=False, help_text="standard error; absent without resamples")


class Change(serializers.Serializer):
    slope = serializers.FloatField(allow_null=True, help_text="change of the figure per week")
    se = serializers.FloatField(allow_null=True, help_text="its standard error")
    low = serializers.FloatField(allow_null=True, help_text="of its 95 % interval")
    high = serializers.FloatField(allow_null=True)
    p = serializers.FloatField(allow_null=True, help_text="of no change, two-sided")
    p_adjusted = serializers.FloatField(allow_null=True, help_text="for the number of annotators")
    beyond_chance = serializers.BooleanField()
    n = serializers.IntegerField(help_text="the number of weeks")
    reason = serializers.CharField(allow_null=True, help_text="why there is no slope")


class Changes(serializers.Serializer):
    severity = Change()
    agreement = Change()


class Bias(serializers.Serializer):
    by = serializers.ChoiceField(["system", "field"])
    value = serializers.CharField(allow_blank=True)
    bias = Estimate(help_text="severity towards these responses less the annotator's severity, in levels")
    p = serializers.FloatField(allow_null=True, help_text="of no bias, two-sided")
    p_adjusted = serializers.FloatField(allow_null=True, help_text="for all annotators and values")
    beyond_chance = serializers.BooleanField()


class Week(serializers.Serializer):
    week = serializers.CharField()
    judgements = serializers.IntegerField()
    severity = Estimate()
    agreement = Estimate()
    spread = Figure()
    pace = Figure()


class AnnotatorRow(serializers.Serializer):
    rubric = serializers.CharField()
    annotator = serializers.CharField()
    judgements = serializers.IntegerField()
    seconds = serializers.FloatField(allow_null=True, help_text="median")
    group = serializers.IntegerField(
        allow_null=True, help_text="of the annotators whom shared responses link, from 1; null without a shared response"
    )
    severity = Estimate(help_text="in levels, by least squares; 0 is the mean of the group")
    agreement = Figure(help_text="weighted kappa with each of the others, pooled")
    spread = Figure()
    halo = Figure(help_text="raw: the correlation of the ratings on two criteria")
    halo_given_response = Figure(help_text="that of the distances from the others' mean")
    infit = Figure(help_text="1 on average, above 1 noisier")
    outfit = Figure()
    straight_lining = Figure()
    pace = Figure()
    attention = Figure()
    levels = serializers.DictField(child=serializers.IntegerField(), help_text="how often each level was chosen")
    weeks = Week(many=True)
    trends = Changes()
    bias = Bias(many=True)
