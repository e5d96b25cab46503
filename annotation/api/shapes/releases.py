"""The shapes of the calls about releases, for OpenAPI."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from annotation.flow.labels import LABEL_STATES
from annotation.models import Label, TemplateName

SIZE = "a number of responses, or a share as 20% or 0.2"
VALUE = "a value, null (not applicable), or of a penalty true or false"


class ReleaseOptions(serializers.Serializer):
    check_size = serializers.JSONField(
        required=False, help_text=f"{SIZE}; by default the earlier check split, else a fifth, at most 200"
    )
    test_size = serializers.JSONField(required=False, help_text=f"{SIZE}; by default the earlier test split, else none")
    seed = serializers.IntegerField(required=False, help_text="of the split; 0 by default")
    hold_out = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="systems that are kept out of train"
    )
    new_split = serializers.BooleanField(required=False, help_text="do not keep the splits of earlier releases")
    check_from_later = serializers.BooleanField(
        required=False, help_text="check and test only from queries that were in no earlier release"
    )
    originals = serializers.BooleanField(required=False, help_text="add the originals of images written as they were seen")
    template = serializers.ChoiceField(TemplateName.choices, required=False, help_text="the project's by default")


class Retracted(serializers.Serializer):
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True)
    reason = serializers.CharField()


class ReleaseRow(serializers.Serializer):
    version = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    made_by = serializers.CharField(allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    split = serializers.DictField(child=serializers.IntegerField(), help_text="responses of each split")
    stored = serializers.BooleanField(help_text="whether it can be downloaded")
    retracted = Retracted(allow_null=True)


class ReleasedFile(serializers.Serializer):
    name = serializers.CharField()
    size = serializers.IntegerField(allow_null=True, help_text="in bytes; null where the files are not stored here")
    sha256 = serializers.CharField()


class ReleaseDownload(serializers.Serializer):
    by = serializers.CharField()
    at = serializers.DateTimeField()


class Release(ReleaseRow):
    manifest = serializers.DictField(help_text="without files and left_out, which have calls and keys of their own")
    files = ReleasedFile(many=True)
    downloads = ReleaseDownload(many=True, help_text="the newest first")


class ReleasedLabel(serializers.Serializer):
    task = serializers.IntegerField()
    id = serializers.CharField(help_text="of the query")
    system = serializers.CharField()
    sample = serializers.IntegerField()
    category = serializers.CharField()
    field = serializers.CharField()
    subfield = serializers.CharField()
    rubric = serializers.CharField()
    split = serializers.ChoiceField(Label.Split.choices)
    how = serializers.CharField()
    overall = serializers.FloatField()
    score = serializers.IntegerField()
    fair = serializers.FloatField(allow_null=True)
    fair_se = serializers.FloatField(allow_null=True)
    criteria = serializers.DictField(
        child=serializers.JSONField(), help_text="a value, null (not applicable), or of a penalty true or false"
    )


class ReleasedLabels(serializers.Serializer):
    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    labels = ReleasedLabel(many=True)


class LeftOutResponse(serializers.Serializer):
    id = serializers.CharField()
    system = serializers.CharField()
    sample = serializers.IntegerField()
    rubric = serializers.CharField()
    reason = serializers.CharField()


class LeftOut(serializers.Serializer):
    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    left_out = LeftOutResponse(many=True)


class LabelDifference(serializers.Serializer):
    id = serializers.CharField()
    system = serializers.CharField()
    sample = serializers.IntegerField()
    change = serializers.ChoiceField(["changed", "new", "gone"])
    what = serializers.ListField(child=serializers.CharField())
    why = serializers.ListField(child=serializers.CharField())
    left_out = serializers.CharField(allow_null=True)
    old = serializers.DictField(allow_null=True)
    new = serializers.DictField(allow_null=True)


class Comparison(serializers.Serializer):
    old = serializers.IntegerField()
    new = serializers.IntegerField()
    rules = serializers.DictField(help_text="the old and the new value of each that differs")
    options = serializers.DictField()
    counts = serializers.DictField(child=serializers.IntegerField())
    what = serializers.DictField(child=serializers.IntegerField())
    why = serializers.DictField(child=serializers.IntegerField())
    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    labels = LabelDifference(many=True)


class RetractReason(serializers.Serializer):
    reason = serializers.CharField()


LABEL_FILTERS = [
    OpenApiParameter(name, str, description="only these") for name in ("split", "how", "category", "field", "system", "score")
]
LEFT_OUT_REASON = OpenApiParameter("reason", str, description="only those that were left out for this reason")
WITH = OpenApiParameter("with", int, required=True, description="the number of the other release; the older one is `old`")
EXPORT_FILTERS = [
    *(OpenApiParameter(name, str, many=True, description="only these") for name in ("category", "field", "system")),
    OpenApiParameter("person", str, many=True, description="usernames: only their rows"),
    OpenApiParameter("state", str, many=True, enum=list(LABEL_STATES), description="of the label"),
    OpenApiParameter("names", bool, description="usernames instead of pseudonyms"),
    OpenApiParameter("times", bool, description="times instead of days"),
]
ZIP = {(200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY, "streamed")}
