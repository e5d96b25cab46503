"""What annotators did with responses: claimed, submitted, revised; what came back to them, and which flags were settled."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from annotation.flow.history.happening import Happening, What
from annotation.models import Assignment, BlindScore, Event, Flag, Revision, Score, SentBack


def claimed(tasks: list[int]) -> Iterator[Happening]:
    """The claims that hold or became a submission; those that were skipped or lapsed stand in the events."""
    for slot in Assignment.objects.claimed().filter(task__in=tasks).select_related("annotator"):
        assert slot.claimed_at
        yield Happening(slot.claimed_at, What.CLAIMED, slot.annotator, slot.task_id, details={"reason": slot.reason})


def submitted(tasks: list[int]) -> Iterator[Happening]:
    """Submissions, and revisions with what they changed."""
    revisions: Iterable[Any] = (  # Any: with a count
        Revision.objects.filter(annotation__task__in=tasks)
        .select_related("annotation__annotator", "annotation__assignment", "answers")
        .prefetch_related("scores__criterion", "scores__level")
        .annotate(looks_at_references=Count("looks"))
        .order_by("annotation", "number")
    )
    former: Any = None
    for revision in revisions:
        annotation = revision.annotation
        details: dict[str, Any] = {"revision": revision.number, "looks": revision.looks_at_references}
        if revision.number == 1 or former is None:
            details |= {"scores": scored(revision.scores.all()), "imported": annotation.assignment.reason == "import"}
        else:
            details |= {"changes": list(changes(former, revision)), "answers_return": hasattr(revision, "answers")}
        what = What.SUBMITTED if revision.number == 1 else Event.Verb.REVISED
        yield Happening(revision.submitted_at, what, annotation.annotator, annotation.task_id, details=details)
        former = revision


def scored(scores: Iterable[Score | BlindScore]) -> list[dict[str, Any]]:
    return [{"key": score.criterion.key, "title": score.criterion.title, "answer": score.answer} for score in scores]


def changes(former: Revision, revision: Revision) -> Iterator[dict[str, Any]]:
    """Per criterion from which answer to which; then the overall that was given directly, and the feedback."""
    before, after = ({score.criterion.key: score.answer for score in one.scores.all()} for one in (former, revision))
    criteria = {score.criterion.key: score.criterion for one in (former, revision) for score in one.scores.all()}
    for key, criterion in sorted(criteria.items(), key=lambda pair: pair[1].place):
        none = None if criterion.is_rated else False  # a penalty that does not apply has no row
        old, new = before.get(key, none), after.get(key, none)
        if old != new:
            yield {"key": key, "title": criterion.title, "from": old, "to": new}
    if former.holistic != revision.holistic:
        yield {"key": "overall", "title": _("Overall"), "from": former.holistic, "to": revision.holistic}
    if former.feedback != revision.feedback:
        yield {"key": "feedback", "title": _("Feedback"), "from": former.feedback, "to": revision.feedback}


def sent_back(tasks: list[int]) -> Iterator[Happening]:
    returns = SentBack.objects.filter(annotation__task__in=tasks).select_related("annotation__annotator", "by", "adjudication")
    for row in returns:
        details = {"text": row.note} | ({"round": row.adjudication.round} if row.adjudication else {})
        yield Happening(row.at, Event.Verb.SENT_BACK, row.by, row.annotation.task_id, row.annotation.annotator, details)


def settled_flags(tasks: list[int]) -> Iterator[Happening]:
    for flag in Flag.objects.filter(task__in=tasks, settled_at__isnull=False).select_related("annotator", "settled_by"):
        assert flag.settled_at
        details = {"kind": flag.kind}
        yield Happening(flag.settled_at, Event.Verb.FLAG_SETTLED, flag.settled_by, flag.task_id, flag.annotator, details)
