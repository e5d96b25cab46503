"""The parser of the calls' bodies."""

from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from annotation.errors import Fault, ValidationError, storable
from annotation.strict_json import LONGEST_SHOWN, read_json


class StrictJSON(BaseParser):
    """JSON as the standard defines it: no NaN, no lone surrogates; nesting has a limit. No key twice, and no NUL."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        content = stream.read(most + 1)
        if len(content) > most:
            raise RequestDataTooBig(_("expected at most %(most)s bytes") % {"most": f"{most:,}"})
        try:
            body = read_json(content)
        except Fault as fault:
            raise ValidationError({fault.field: fault.error}) from fault
        except orjson.JSONDecodeError as error:
            raise ParseError(_("The body is not JSON: %(problem)s") % {"problem": error}) from error
        if b"\\u0000" in content and (place := place_of_nul(body)):
            raise ValidationError({place: _("a NUL character cannot be stored")})
        return body


def place_of_nul(body: Any) -> str:
    """The field of a text or key that has a NUL, as in answer[0].text; an empty text where none has."""
    below = [("body", body)]
    while below:
        place, value = below.pop()
        if "\0" in place or (isinstance(value, str) and "\0" in value):
            return storable(place.removeprefix("body."))
        if isinstance(value, dict):
            below += [(f"{place}.{key[:LONGEST_SHOWN]}", inner) for key, inner in value.items()]
        elif isinstance(value, list):
            below += [(f"{place}[{number}]", inner) for number, inner in enumerate(value)]
    return ""
