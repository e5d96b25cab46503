"""Each of the flow's errors has its status code and body."""

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig

from annotation.api.errors import handle
from annotation.errors import AlreadyDone, DraftConflict, NoLongerYours, Refused, ValidationError
from annotation.models import Assignment

DRAFT = {"scores": {"text": 1}}
ANSWERS: list[tuple[Exception, int, dict[str, Any]]] = [
    (ValidationError({"scores.text": "missing"}), 400, {"detail": "scores.text: missing", "fields": {"scores.text": "missing"}}),
    (DraftConflict("changed", version=2, draft=DRAFT), 412, {"detail": "changed", "version": 2, "draft": DRAFT}),
    (NoLongerYours("gone"), 409, {"detail": "gone"}),
    (AlreadyDone("done"), 409, {"detail": "done"}),
    (RequestDataTooBig("large"), 413, {"detail": "large"}),
    (Refused("no"), 400, {"detail": "no"}),
    (Assignment.DoesNotExist(), 404, {"detail": "Not found."}),
]


@pytest.mark.parametrize(("error", "status", "content"), ANSWERS)
def test_an_error_of_the_flow_has_its_status_and_message(error: Exception, status: int, content: dict[str, Any]) -> None:
    answer = handle(error, {})
    assert answer
    assert (answer.status_code, answer.data) == (status, content)


def test_an_error_of_the_code_is_not_hidden() -> None:
    assert handle(KeyError("x"), {}) is None
