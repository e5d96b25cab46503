"""OpenAPI: the results of systems."""

from rest_framework import serializers

from annotation.api.shapes.annotators import Estimate, Figure


class Mean(Figure):
    queries = serializers.IntegerField(help_text="to which these responses belong")


class Difference(Figure):
    first = serializers.CharField()
    second = serializers.CharField()
    se = serializers.FloatField(allow_null=True)
    queries = serializers.IntegerField(help_text="that both answered")
    p = serializers.FloatField(allow_null=True, help_text="of no difference, two-sided")
    adjusted = serializers.FloatField(allow_null=True, help_text="p, for the number of differences (Holm)")
    only_first = serializers.IntegerField(help_text="queries that the first alone answered, which do not count")
    only_second = serializers.IntegerField()
    beyond_chance = serializers.BooleanField()


class SystemRow(serializers.Serializer):
    system = serializers.CharField()
    overall = Mean(help_text="over its responses, in percent")
    answered = serializers.IntegerField(help_text="queries")
    unanswered = serializers.IntegerField()


class Cells(serializers.Serializer):
    system = serializers.CharField()
    cells = Mean(many=True, help_text="in the order of the columns")


class GroupCells(Cells):
    average = Mean(help_text="of the groups, each counting the same")


class GroupTable(serializers.Serializer):
    by = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField(allow_blank=True), help_text="the columns")
    rows = GroupCells(many=True)
    all = Mean(many=True, help_text="over all systems")


class Criterion(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(["rated", "penalty"])


class CriteriaTable(serializers.Serializer):
    rubric = serializers.CharField()
    title = serializers.CharField()
    criteria = Criterion(many=True, help_text="the columns; of a penalty the share of responses to which it applies")
    rows = Cells(many=True)
    all = Mean(many=True, help_text="over all systems")
    undefined = serializers.ListField(child=serializers.DictField(), help_text="criterion without fair values, and the reason")


class LabelsUsed(serializers.Serializer):
    kind = serializers.ChoiceField(["plain", "fair"])
    release = serializers.IntegerField(allow_null=True, help_text="null: the labels of now")
    n = serializers.IntegerField()
    responses = serializers.IntegerField()
    queries = serializers.IntegerField()
    left_out = serializers.DictField(child=serializers.IntegerField(), help_text="responses without a label, by reason")
    mixed = serializers.ListField(child=serializers.CharField(), help_text="rubrics of several versions")
    undefined = serializers.ListField(child=serializers.DictField(), help_text="rubric without fair values, and the reason")


class Headline(serializers.Serializer):
    steps = Difference(many=True, help_text="of each system and the next")
    beyond = serializers.ListField(
        child=serializers.CharField(), help_text="systems after the second of which the first is ahead beyond chance"
    )
    weakest = serializers.ListField(child=serializers.DictField(), help_text="criterion of each rubric")
    part = serializers.ListField(child=serializers.DictField(), help_text="systems that left queries unanswered")


class Powered(serializers.Serializer):
    labels = Estimate(help_text="from the labels alone that the scorer has not seen")
    scores = Estimate(help_text="from the scores alone: its interval says nothing of the scorer's bias")
    both = Estimate(help_text="prediction-powered; the reason where it is refused")
    correlation = serializers.FloatField(allow_null=True, help_text="of labels and scores")
    weight = serializers.FloatField(allow_null=True, help_text="of the scores: lambda")
    ratio = serializers.FloatField(allow_null=True, help_text="width of the interval of both over that of the labels alone")
    worth = serializers.FloatField(allow_null=True, help_text="with how many more labels the labels alone would be as sure")
    without_score = serializers.IntegerField(help_text="labels without a score")
    unlabelled = serializers.IntegerField(help_text="scores without a label")


class PoweredSystem(Powered):
    system = serializers.CharField()


class FewLabels(serializers.Serializer):
    name = serializers.CharField()
    trained_on = serializers.IntegerField(allow_null=True, help_text="release on whose train split it was trained")
    scored = serializers.IntegerField(help_text="responses with a score")
    seen = serializers.IntegerField(help_text="responses of train splits, which have no part in this")
    awaiting = serializers.IntegerField(help_text="judged responses without a label yet; with any, nothing is put together")
    systems = PoweredSystem(many=True)
    criteria = serializers.ListField(child=serializers.DictField(), help_text="rubric, criteria, and rows of systems with cells")


class Results(serializers.Serializer):
    project = serializers.CharField()
    labels = LabelsUsed()
    rubrics = serializers.ListField(child=serializers.CharField())
    headline = Headline()
    systems = SystemRow(many=True, help_text="the best first")
    groups = GroupTable(many=True)
    criteria = CriteriaTable(many=True)
    differences = Difference(many=True)
    scorer = FewLabels(allow_null=True, help_text="of the scorer that is asked for")
    errors = serializers.DictField(help_text="types, and their shares by systems and categories")  # type: ignore[assignment]
