"""OpenAPI: the errors that any call can answer with, whatever it does."""

from typing import Any

OF_EVERY_CALL = {
    "400": ("FieldErrors", "cannot be read"),
    "405": ("Error", "the address has no such method"),
    "406": ("Error", "the call does not accept JSON"),
    "500": ("Error", "a fault of the server"),
    "503": ("Error", "the database is away or busy: again after Retry-After seconds"),
    "507": ("Error", "a disk of the server is full: again after Retry-After seconds"),
}
OF_A_BODY = {
    "408": ("Error", "the body came too slowly"),
    "413": ("Error", "larger than this installation takes"),
    "415": ("Error", "the body is not of this type"),
}


def with_errors_of_every_call(result: dict[str, Any], **_named: Any) -> dict[str, Any]:
    """The description with them beside what each call says of itself; drf-spectacular calls it."""
    for path in result["paths"].values():
        for call in path.values():
            errors = OF_EVERY_CALL | (OF_A_BODY if "requestBody" in call else {})
            for status, (shape, description) in errors.items():
                content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
                call["responses"].setdefault(status, {"content": content, "description": description})
    return result
