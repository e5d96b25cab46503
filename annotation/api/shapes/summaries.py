"""OpenAPI: what a list of the calls says of each, so that nobody has to open them one by one."""

import re
from typing import Any

END_OF_SENTENCE = re.compile(r"\.(\s|$)")


def with_summaries(result: dict[str, Any], **_named: Any) -> dict[str, Any]:
    """The description with the first sentence of each call as its summary; drf-spectacular calls it."""
    for path in result["paths"].values():
        for call in path.values():
            call["summary"] = END_OF_SENTENCE.split(" ".join(call["description"].split()), maxsplit=1)[0]
    return result
