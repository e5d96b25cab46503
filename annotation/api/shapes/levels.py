"""The shape of scores as they are sent and read, for OpenAPI."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field({"oneOf": [{"type": "integer"}, {"type": "string", "enum": ["na"]}]})
class LevelOrNA(serializers.JSONField):
    """A level of the criterion's scale, or "na" where the criterion is not applicable."""


def scores_field(help_text: str = 'a level per rated criterion, by its key, or "na": not applicable') -> serializers.DictField:
    return serializers.DictField(child=LevelOrNA(), required=False, help_text=help_text)
