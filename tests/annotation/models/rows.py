"""Makes and changes single rows, past the flow, to try what the database refuses."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from annotation.models import (
    Assignment,
    BlindScore,
    CaseComment,
    Decision,
    Download,
    ErrorMark,
    Flag,
    Image,
    Invitation,
    Look,
    Note,
    Participation,
    PossibleDuplicate,
    Query,
    Release,
    ReleaseFiles,
    Response,
    Retraction,
    Revision,
    Sample,
    Score,
    ScoresShown,
    SentBack,
    Task,
    User,
)
from tests.factories import make_member

NOW = timezone.now()


def change(row: models.Model, **fields: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


def again(row: models.Model, **fields: Any) -> None:
    """The same row a second time, with other values where they are given."""
    copy = type(row)._default_manager.get(pk=row.pk)
    copy.pk = None
    for key, value in fields.items():
        setattr(copy, key, value)
    copy.save(force_insert=True)


def slot(w: Any, **fields: Any) -> Assignment:
    named = {"task": w.task, "project": w.project, "number": 9, "position": 99, "category": "x", "system": "s"}
    return Assignment.objects.create(**named | fields)


def sample(w: Any, **fields: Any) -> Sample:
    plan = {"project": w.project, "number": 1, "unit": "response", "size": 1, "allocation": "equal", "seed": 0, "strata": []}
    return Sample.objects.create(**plan | fields)


def hold(w: Any, row: Assignment, user: User) -> None:
    change(row, annotator=user, claimed_at=NOW, lease_expires_at=NOW + timedelta(hours=1))


def invitation(w: Any) -> Invitation:
    named = {"role": "annotator", "digest": "d", "expires_at": NOW}
    return Invitation.objects.get_or_create(project=w.project, **named)[0]


def participation(w: Any) -> Participation:
    return Participation.objects.get(user=w.ana)


def scores_shown(w: Any, user: User) -> ScoresShown:
    """Of everything that is scored by now."""
    return ScoresShown.objects.create(project=w.project, user=user, at=NOW)


def query(w: Any, **fields: Any) -> Query:
    return Query.objects.create(**{"project": w.project, "external_id": "other", "category": "x", "blocks": []} | fields)


def pair(w: Any, **fields: Any) -> PossibleDuplicate:
    named = {"project": w.project, "first": w.task.response.query, "reasons": {}, "strength": 1, "found_at": NOW}
    return PossibleDuplicate.objects.create(**named | {"second": fields.pop("second", None) or query(w)} | fields)


def released(w: Any) -> Release:
    """With files, retracted, and downloaded once."""
    release = Release.objects.create(project=w.project, version=1, seed=0, manifest={}, made_at=NOW)
    ReleaseFiles.objects.create(release=release, folder="releases/x", sizes={})
    Retraction.objects.create(release=release, at=NOW, reason="x")
    Download.objects.create(release=release, by=make_member(w.project, "lea", "manager"), at=NOW)
    return release


def second_task(w: Any) -> Task:
    response = Response.objects.create(query=w.task.response.query, system="system-b", blocks=[])
    return Task.objects.create(project=w.project, response=response, rubric=w.task.rubric)


def two_held(w: Any) -> None:
    other = slot(w, task=second_task(w))
    hold(w, other, w.bo)
    hold(w, w.empty, w.bo)


def image(w: Any, **fields: Any) -> Image:
    named = {"project": w.project, "sha256": "a", "format": "PNG", "width": 1, "height": 1, "size": 1}
    return Image.objects.create(**named | fields)


def decision(w: Any, **fields: Any) -> Decision:
    return Decision.objects.create(**{"adjudication": w.case, "criterion": w.text, "disputed": True} | fields)


def blind_score(w: Any, **fields: Any) -> BlindScore:
    return BlindScore.objects.create(**{"review": w.review, "criterion": w.text} | fields)


def comment(w: Any, **fields: Any) -> CaseComment:
    """On a case that was marked unusable."""
    change(w.case, outcome="unusable", reason="no image", decided_by=w.bo, decided_at=NOW)
    return CaseComment.objects.create(**{"adjudication": w.case, "by": w.bo, "at": NOW, "text": "see"} | fields)


def keyed(w: Any, number: int) -> Revision:
    return Revision.objects.create(annotation=w.revision.annotation, number=number, submitted_at=NOW, idempotency_key="k")


def new_score(w: Any, **fields: Any) -> Score:
    revision = Revision.objects.create(annotation=w.revision.annotation, number=2, submitted_at=NOW)
    return Score.objects.create(**{"revision": revision, "criterion": w.text} | fields)


def note(w: Any, **fields: Any) -> Note:
    return Note.objects.create(**{"revision": w.revision, "text": "see"} | fields)


def mark(w: Any, **fields: Any) -> ErrorMark:
    return ErrorMark.objects.create(**{"revision": w.revision, "error_type": w.error_type} | fields)


def look(w: Any, **fields: Any) -> Look:
    return Look.objects.create(**{"revision": w.revision, "low": 3, "high": 4, "at": NOW} | fields)


def flag(w: Any, **fields: Any) -> Flag:
    return Flag.objects.create(
        **{"project": w.project, "task": w.task, "annotator": w.ana, "kind": "other", "raised_at": NOW} | fields
    )


def sent_back(w: Any, **fields: Any) -> SentBack:
    return SentBack.objects.create(**{"annotation": w.revision.annotation, "note": "see", "by": w.bo, "at": NOW} | fields)
