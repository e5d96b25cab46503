"""OpenAPI: reference answers as those who write them see them."""

from rest_framework import serializers

from annotation.access.references import STATES


class LevelState(serializers.Serializer):
    level = serializers.IntegerField()
    state = serializers.ChoiceField(STATES)


class ReferenceRow(serializers.Serializer):
    query = serializers.IntegerField(help_text="its key in addresses")
    id = serializers.CharField()
    category = serializers.CharField()
    field = serializers.CharField()
    levels = LevelState(many=True)


class ReferencePage(serializers.Serializer):
    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    queries = ReferenceRow(many=True)


class ReferenceRevisionShape(serializers.Serializer):
    number = serializers.IntegerField()
    state = serializers.ChoiceField(["waiting", "approved", "overtaken"])
    is_shown = serializers.BooleanField(help_text="annotators see it")
    made_by = serializers.CharField(allow_null=True, help_text="null: it was imported")
    made_at = serializers.DateTimeField()
    approved_by = serializers.CharField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    may_approve = serializers.BooleanField(help_text="by the caller")
    blocks = serializers.ListField(child=serializers.DictField())
    profile = serializers.DictField(child=serializers.IntegerField(), allow_null=True, help_text="level by criterion")
    written = serializers.ListField(child=serializers.DictField(), help_text="the blocks as a POST takes them")


class RatedCriterion(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()


class ReferenceDetail(serializers.Serializer):
    query = serializers.IntegerField(help_text="its key in addresses")
    id = serializers.CharField()
    category = serializers.CharField()
    field = serializers.CharField()
    level = serializers.IntegerField()
    blocks = serializers.ListField(child=serializers.DictField(), help_text="of the query")
    correct_answer = serializers.ListField(child=serializers.DictField(), allow_null=True)
    criteria = RatedCriterion(many=True, help_text="of the newest rubric: a profile gives levels of them")
    revisions = ReferenceRevisionShape(many=True)


class NewRevision(serializers.Serializer):
    blocks = serializers.JSONField(
        help_text='[{"text": …, "image": …}]; an image is the name of a file part of this request, or the key of an image of the '
        "project. As JSON, or as a part of a multipart form with the files"
    )
    profile = serializers.JSONField(
        required=False,
        help_text="{criterion: level} of the rated criteria that have one, or null; without it that of the revision before stays",
    )
    based_on = serializers.IntegerField(required=False, help_text="the number of the revision that was read before, 0: none")


class Approval(serializers.Serializer):
    revision = serializers.IntegerField()
