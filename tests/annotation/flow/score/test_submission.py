"""A submission is parsed whole, or refused with every fault by its field."""

from typing import Any

import pytest

from annotation.errors import ValidationError
from annotation.flow import score
from annotation.models import Annotation, Draft, Project, User
from tests.annotation.flow.score.test_claims import held
from tests.factories import body, responses

pytestmark = pytest.mark.django_db


KNOWN = "active_seconds, block_notes, confidence, errors, feedback, looks, notes, overall, penalties, scores"
FAULTS: list[tuple[Any, dict[str, str]]] = [
    ([], {"body": "expected keys with values"}),
    ({}, {"scores.text": "missing", "scores.images": "missing"}),
    (body(text=7), {"scores.text": "expected 1 to 6"}),
    (body(text=0), {"scores.text": "expected 1 to 6"}),
    (body(text=4.0), {"scores.text": "expected 1 to 6"}),
    (body(text=True), {"scores.text": "expected 1 to 6"}),
    (body(text="4"), {"scores.text": "expected 1 to 6"}),
    (body(text=[4]), {"scores.text": "expected 1 to 6"}),
    (body(text="na"), {"scores.text": "is applicable here: expected a level"}),
    (body(penalties=["text"]), {"penalties": "expected a list of harm"}),
    (body(penalties=[["harm"]]), {"penalties": "expected a list of harm"}),
    (body(feedback="a\0b"), {"feedback": "expected a text of at most 20,000 characters"}),
    (body(feedback=5), {"feedback": "expected a text of at most 20,000 characters"}),
    (body(active_seconds=-1), {"active_seconds": "expected a whole number of seconds"}),
    (body(overall=3), {"overall": "is computed by this rubric"}),
    (
        body(speed=3),
        {"speed": f"unknown; expected {KNOWN}"},
    ),
    ({"scores": [1]}, {"scores": "expected a level per criterion"}),
    ({"scores": {"text": 1, "images": 1, "other": 1}}, {"scores.other": "unknown; expected text, images"}),
]


@pytest.mark.parametrize(("sent", "faults"), FAULTS)
def test_what_is_missing_or_out_of_scale_is_named_and_nothing_stored(project: Project, ana: User, sent: Any, faults: Any) -> None:
    responses(project)
    slot = held(project, ana)
    with pytest.raises(ValidationError) as caught:
        score.submit(assignment=slot.pk, by=ana, body=sent)
    assert caught.value.fields == faults
    assert (Annotation.objects.count(), Draft.objects.count()) == (0, 0)
