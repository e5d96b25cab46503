"""What adjudicators did: blind scores, decisions and what followed them. Claims and other endings stand in the events."""

from collections.abc import Iterator
from typing import Any

from annotation.flow.history.annotators import scored
from annotation.flow.history.happening import Happening
from annotation.models import Adjudication, CaseComment, CaseReview, Event


def scored_blind(tasks: list[int]) -> Iterator[Happening]:
    reviews = CaseReview.objects.filter(adjudication__task__in=tasks, blind_at__isnull=False)
    related = reviews.select_related("adjudicator", "adjudication").prefetch_related(
        "blind_scores__criterion", "blind_scores__level"
    )
    for review in related:
        assert review.blind_at
        yield Happening(
            review.blind_at,
            Event.Verb.CASE_SCORED_BLIND,
            review.adjudicator,
            review.adjudication.task_id,
            details={"round": review.adjudication.round, "scores": scored(review.blind_scores.all())},
        )


def ended(tasks: list[int]) -> Iterator[Happening]:
    """Decisions, responses marked unusable, and decisions reopened."""
    cases = Adjudication.objects.filter(task__in=tasks, decided_at__isnull=False).select_related("decided_by", "reopening__by")
    related = ("decisions__criterion", "decisions__level", "reviews__blind_scores__criterion", "reviews__blind_scores__level")
    for case in cases.prefetch_related(*related):
        assert case.decided_at
        details = {"round": case.round} | ({"second": True} if case.second else {})
        if case.outcome == Adjudication.Outcome.UNUSABLE:
            yield Happening(
                case.decided_at, Event.Verb.UNUSABLE, case.decided_by, case.task_id, details=details | {"text": case.reason}
            )
        else:
            decided = details | {"decisions": decisions(case)}
            yield Happening(case.decided_at, Event.Verb.ADJUDICATED, case.decided_by, case.task_id, details=decided)
        if reopening := getattr(case, "reopening", None):
            reopened = {"round": case.round, "text": reopening.reason}
            yield Happening(reopening.at, Event.Verb.REOPENED, reopening.by, case.task_id, case.decided_by, reopened)


def decisions(case: Adjudication) -> list[dict[str, Any]]:
    """Per criterion: what who decided had scored blind (None where they had seen the scores before), and the decision."""
    blind = {
        score.criterion.key: score.answer
        for review in case.reviews.all()
        if review.adjudicator_id == case.decided_by_id
        for score in review.blind_scores.all()
    }
    return [
        {
            "key": decision.criterion.key,
            "title": decision.criterion.title,
            "blind": blind.get(decision.criterion.key),
            "decision": decision.answer,
            "cause": decision.cause,
            "reason": decision.reason,
        }
        for decision in case.decisions.all()
    ]


def commented(tasks: list[int]) -> Iterator[Happening]:
    for comment in CaseComment.objects.filter(adjudication__task__in=tasks).select_related("by", "adjudication"):
        details = {"round": comment.adjudication.round, "text": comment.text}
        yield Happening(comment.at, Event.Verb.COMMENTED, comment.by, comment.adjudication.task_id, details=details)
