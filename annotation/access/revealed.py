"""What an adjudicator sees after scoring blind: everything that each annotator said, under neutral names."""

from typing import Any

from django.utils.translation import gettext as _

from annotation.flow.adjudicate.letters import shown_revisions
from annotation.models import Adjudication, ErrorMark, Note, Revision, Score


def revealed_content(case: Adjudication) -> list[dict[str, Any]]:
    """Per annotator, in an order that does not tell who is who, the revision that counts by the project's rules.

    [{"name", "scores": {criterion: level or "na"}, "penalties", "feedback", "letter", "overall" (where annotators give it),
    "notes": {criterion: text}, "block_notes", "errors", "confidence", "revised"}]. Five queries.
    """
    revisions = shown_revisions(case)
    return [
        {"name": _("Annotator %(letter)s") % {"letter": letter}} | content | {"letter": letter}
        for letter, content in zip(revisions, judgements(list(revisions.values())), strict=True)
    ]


def judgements(revisions: list[Revision]) -> list[dict[str, Any]]:
    by_pk: dict[int, dict[str, Any]] = {
        revision.pk: {
            "scores": {},
            "penalties": [],
            "feedback": revision.feedback,
            "overall": revision.holistic,
            "notes": {},
            "block_notes": [],
            "errors": [],
            "confidence": {},
            "revised": revision.number > 1,
        }
        for revision in revisions
    }
    for score in Score.objects.filter(revision__in=by_pk).select_related("criterion", "level"):
        content, key = by_pk[score.revision_id], score.criterion.key
        if score.criterion.is_rated:
            content["scores"][key] = score.answer
        else:
            content["penalties"].append(key)
        if score.confidence:
            content["confidence"][key] = score.confidence
    for note in Note.objects.filter(revision__in=by_pk).select_related("criterion"):
        if note.criterion:
            by_pk[note.revision_id]["notes"][note.criterion.key] = note.text
        else:
            by_pk[note.revision_id]["block_notes"].append({"part": note.part, "block": note.block, "text": note.text})
    for mark in ErrorMark.objects.filter(revision__in=by_pk).select_related("error_type"):
        error = {"type": mark.error_type.key, "title": mark.error_type.title, "block": mark.block}
        by_pk[mark.revision_id]["errors"].append(error)
    return list(by_pk.values())
