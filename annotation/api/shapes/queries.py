"""OpenAPI: the queries and the responses of a project."""

from rest_framework import serializers


class QueryRow(serializers.Serializer):
    query = serializers.IntegerField(help_text="its key in addresses")
    id = serializers.CharField()
    category = serializers.CharField()
    field = serializers.CharField()
    subfield = serializers.CharField()
    language = serializers.CharField(help_text="a BCP 47 tag; empty where none was given")
    responses = serializers.IntegerField()
    references = serializers.ListField(child=serializers.IntegerField(), help_text="levels that have a reference answer")
    correct_answer = serializers.BooleanField()
    open_flags = serializers.IntegerField()
    dropped_at = serializers.DateTimeField(allow_null=True)


class QueryPage(serializers.Serializer):
    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    queries = QueryRow(many=True)


class ResponseOfQuery(serializers.Serializer):
    task = serializers.IntegerField(allow_null=True)
    system = serializers.CharField()
    sample = serializers.IntegerField()
    rubric = serializers.CharField(allow_null=True)
    submitted = serializers.IntegerField()
    wanted = serializers.IntegerField()
    state = serializers.CharField(help_text="of its label: agreed, adjudicated, or why there is none; empty: not in the study")
    flagged = serializers.BooleanField()


class QueryDetail(serializers.Serializer):
    query = serializers.IntegerField(help_text="its key in addresses")
    id = serializers.CharField()
    category = serializers.CharField()
    field = serializers.CharField()
    subfield = serializers.CharField()
    language = serializers.CharField(help_text="a BCP 47 tag; empty where none was given")
    source = serializers.CharField()  # type: ignore[assignment]
    blocks = serializers.ListField(child=serializers.DictField())
    references = serializers.DictField(help_text="by level: blocks, profile")
    correct_answer = serializers.ListField(child=serializers.DictField(), allow_null=True)
    open_flags = serializers.IntegerField()
    dropped_at = serializers.DateTimeField(allow_null=True)
    responses = ResponseOfQuery(many=True)


class ListedResponse(serializers.Serializer):
    task = serializers.IntegerField()
    query = serializers.CharField()
    category = serializers.CharField()
    field = serializers.CharField(allow_blank=True)
    system = serializers.CharField()
    sample = serializers.IntegerField()
    rubric = serializers.CharField()
    criterion = serializers.CharField(allow_blank=True, help_text="on which the ratings lie farthest apart")
    spread = serializers.FloatField(allow_null=True, help_text="null where there is nothing to compare")
    state = serializers.CharField(help_text="of the label")


class ResponsePage(serializers.Serializer):
    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    states = serializers.DictField(child=serializers.IntegerField(), help_text="how many have each state, whichever is chosen")
    responses = ListedResponse(many=True)
