"""Remarks are parsed whole and stored as rows, or refused with every fault by its field."""

from datetime import UTC, datetime
from typing import Any

import pytest

from annotation.errors import ValidationError
from annotation.flow import score
from annotation.flow.setup.workspace import change_workspace, set_error_types
from annotation.models import Annotation, Assignment, Draft, ErrorMark, Look, Note, Project, Score, User
from tests.factories import block, body, load, make_member, make_project, record, responses

pytestmark = pytest.mark.django_db
REMARKS = {
    "notes": {"text": "One slip in step 2."},
    "block_notes": [{"part": "query", "block": 1, "text": "Which year?"}],
    "errors": [{"type": "complex-reasoning", "block": None}, {"type": "complex-reasoning", "block": 2}],
    "confidence": {"text": 2},
    "looks": [{"levels": [3, 4], "criterion": "text", "at": "2026-11-23T12:00:00+00:00"}],
}


@pytest.fixture
def project() -> Project:
    return make_project(overlap=1)


@pytest.fixture
def ana(project: Project) -> User:
    return make_member(project, "ana")


def claimed(project: Project, by: User) -> Assignment:
    load(project, [record(1, answer=[block("Step 1"), block("Step 2")])])
    slot = score.claim(project=project, by=by)
    assert slot
    return slot


def workspace(project: Project, **changes: Any) -> None:
    change_workspace(project=project, by=None, changes=changes)


def test_remarks_are_stored_with_the_revision(project: Project, ana: User) -> None:
    workspace(project, confidence="asked")
    score.submit(assignment=claimed(project, ana).pk, by=ana, body=body(**REMARKS))
    assert set(Note.objects.values_list("criterion__key", "part", "block", "text")) == {
        ("text", "", None, "One slip in step 2."),
        (None, "query", 1, "Which year?"),
    }
    assert set(ErrorMark.objects.values_list("error_type__key", "block")) == {
        ("complex-reasoning", None),
        ("complex-reasoning", 2),
    }
    assert list(Score.objects.order_by("criterion__place").values_list("criterion__key", "confidence")) == [
        ("text", 2),
        ("images", None),
    ]
    assert list(Look.objects.values_list("low", "high", "criterion__key", "at")) == [
        (3, 4, "text", datetime(2026, 11, 23, 12, tzinfo=UTC))
    ]


def test_a_draft_keeps_remarks_unchanged(project: Project, ana: User) -> None:
    workspace(project, confidence="asked")
    score.save_draft(assignment=claimed(project, ana).pk, by=ana, body={"scores": {"text": 3}} | REMARKS)
    assert Draft.objects.get().content == {
        "scores": {"text": 3}, "penalties": [], "feedback": "", "active_seconds": 0,
    } | REMARKS  # fmt: skip


LEVELS = "expected the lowest and the highest level"
ZONE = "expected a time with its zone, as in 2026-11-23T12:00:00Z"
FAULTS: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"notes": ["x"]}, {"notes": "expected a text per criterion"}),
    ({"notes": {"harm": "x"}}, {"notes.harm": "unknown; expected text, images"}),
    ({"notes": {"text": 5}}, {"notes.text": "expected a text of at most 5,000 characters"}),
    ({"notes": {"text": "a\0"}}, {"notes.text": "expected a text of at most 5,000 characters"}),
    ({"block_notes": {"a": 1}}, {"block_notes": "expected a list of part, block and text"}),
    ({"block_notes": [{"part": "reference"}]}, {"block_notes.0.part": "expected query, response"}),
    ({"block_notes": [{"part": "query", "block": 2, "text": "x"}]}, {"block_notes.0.block": "expected 1 to 1"}),
    ({"block_notes": [{"part": "response", "block": 2, "text": None}]}, {
        "block_notes.0.text": "expected a text of at most 5,000 characters",
    }),
    ({"errors": "all"}, {"errors": "expected a list of type and block"}),
    ({"errors": [{"type": ["x"]}]}, {
        "errors.0.type": "unknown; expected cross-modality-coherence, generation-adaptability, multimodal-information, "
        "complex-reasoning",
    }),
    ({"errors": [{"type": "complex-reasoning", "block": 3}]}, {"errors.0.block": "expected 1 to 2"}),
    ({"confidence": [1]}, {"confidence": "expected 1, 2 or 3 per criterion"}),
    ({"confidence": {"text": 4}}, {"confidence.text": "expected 1, 2 or 3"}),
    ({"confidence": {"harm": 1}}, {"confidence.harm": "unknown; expected text, images"}),
    ({"looks": [{"levels": [4, 3], "at": "2026-11-23T12:00:00Z"}]}, {"looks.0.levels": LEVELS}),
    ({"looks": [{"levels": [4, 9], "at": "2026-11-23T12:00:00Z"}]}, {"looks.0.levels": LEVELS}),
    ({"looks": [{"levels": [3, 4], "at": "yesterday"}]}, {
        "looks.0.at": ZONE,
    }),
    ({"looks": [{"levels": [3, 4], "at": "9999-12-31T23:59:59-14:00"}]}, {"looks.0.at": ZONE}),
    ({"looks": [{"levels": [3, 4], "at": "0001-01-01T00:00:00+14:00"}]}, {"looks.0.at": ZONE}),
    ({"looks": [{"levels": [3, 4], "at": "2026-11-23T12:00:00"}]}, {
        "looks.0.at": ZONE,
    }),
    ({"looks": [{"levels": [3, 4], "criterion": "harm", "at": "2026-11-23T12:00:00Z"}]}, {
        "looks.0.criterion": "unknown; expected text, images",
    }),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "faults"), FAULTS)
def test_a_remark_that_does_not_fit_is_named_and_nothing_stored(project: Project, ana: User, sent: Any, faults: Any) -> None:
    workspace(project, confidence="asked")
    slot = claimed(project, ana)
    with pytest.raises(ValidationError) as caught:
        score.submit(assignment=slot.pk, by=ana, body=body(**sent))
    assert caught.value.fields == faults
    assert (Annotation.objects.count(), Draft.objects.count()) == (0, 0)


ASKED: list[tuple[dict[str, Any], dict[str, Any], dict[str, str]]] = [
    ({"feedback": "off"}, body(feedback="well"), {"feedback": "is not asked for in this project"}),
    ({"feedback": "required"}, body(feedback=" "), {"feedback": "missing"}),
    ({"confidence": "off"}, body(confidence={"text": 1}), {"confidence": "is not asked for in this project"}),
    ({"confidence": "required"}, body(), {"confidence.text": "missing"}),
    ({"errors_below": 4}, body(text=3), {"errors": "expected at least one: a score is below 4"}),
]


@pytest.mark.parametrize(("rules", "sent", "faults"), ASKED)
def test_a_submission_needs_what_the_workspace_requires(project: Project, ana: User, rules: Any, sent: Any, faults: Any) -> None:
    workspace(project, **rules)
    slot = claimed(project, ana)
    with pytest.raises(ValidationError) as caught:
        score.submit(assignment=slot.pk, by=ana, body=sent)
    assert caught.value.fields == faults


def test_what_is_required_may_be_missing_from_a_draft(project: Project, ana: User) -> None:
    workspace(project, feedback="required", confidence="required", errors_below=6)
    score.save_draft(assignment=claimed(project, ana).pk, by=ana, body={"scores": {"text": 1}})
    assert Draft.objects.get().content["scores"] == {"text": 1}


OLDER: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"feedback": "Well."}, {"feedback": "is not asked for in this project"}),
    ({"confidence": {"text": 2}}, {"confidence": "is not asked for in this project"}),
    (
        {"errors": [{"type": "complex-reasoning", "block": 2}, {"type": "slip", "block": None}]},
        {"errors.0.type": "is no longer offered; expected slip"},
    ),
]


@pytest.mark.parametrize(("sent", "faults"), OLDER)
def test_what_is_no_longer_asked_for_is_left_out_of_a_draft_and_refused_in_a_submission(
    project: Project, ana: User, sent: Any, faults: Any
) -> None:
    workspace(project, feedback="off", confidence="off")
    slot = claimed(project, ana)
    set_error_types(project=project, by=None, titles=[("Slip", "")])
    score.save_draft(assignment=slot.pk, by=ana, body=body(**sent))
    kept = {"scores": {"text": 4, "images": "na"}, "penalties": [], "feedback": sent.get("feedback", ""), "active_seconds": 0}
    assert Draft.objects.get().content == kept | ({"errors": sent["errors"][1:]} if "errors" in sent else {})
    with pytest.raises(ValidationError) as caught:
        score.submit(assignment=slot.pk, by=ana, body=body(**sent))
    assert (caught.value.fields, Annotation.objects.count()) == (faults, 0)


def test_an_error_type_that_never_existed_is_refused_in_a_draft_too(project: Project, ana: User) -> None:
    with pytest.raises(ValidationError, match=r"errors\.0\.type: unknown"):
        score.save_draft(assignment=claimed(project, ana).pk, by=ana, body={"errors": [{"type": "invented"}]})


def test_a_low_score_needs_an_error_mark_and_a_high_score_none(project: Project, ana: User) -> None:
    workspace(project, errors_below=4)
    named = body(text=3, errors=[{"type": "complex-reasoning"}])
    for sent, slot in ((named, claimed(project, ana)), (body(text=4), None)):
        if slot is None:
            load(project, [record(2)])
            slot = score.claim(project=project, by=ana)
        assert slot
        score.submit(assignment=slot.pk, by=ana, body=sent)
    assert list(ErrorMark.objects.values_list("error_type__key", "block")) == [("complex-reasoning", None)]


def test_an_error_of_another_project_is_unknown(project: Project, ana: User) -> None:
    elsewhere = make_project(slug="elsewhere", rubrics=["small"])
    set_error_types(project=elsewhere, by=None, titles=[("Only there", "")])
    [_task] = responses(project)
    slot = score.claim(project=project, by=ana)
    assert slot
    with pytest.raises(ValidationError, match=r"errors\.0\.type: unknown"):
        score.submit(assignment=slot.pk, by=ana, body=body(errors=[{"type": "only-there"}]))
