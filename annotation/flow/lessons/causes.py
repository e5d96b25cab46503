"""Disputes counted: by cause, and which criteria and which descriptors they are about."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from annotation.flow.judgements import RatingMatrix
from annotation.flow.lessons.disputes import LEVELS, PENALTY, Dispute
from annotation.models import Decision

Row = dict[str, Any]
CAUSES = list(Decision.Cause.values)


def causes(disputes: list[Dispute]) -> dict[str, Any]:
    """How often each cause was decided: of all disputes, and by what they are about. The most disputed come first."""
    decided = [dispute for dispute in disputes if dispute.cause]
    return {
        "total": counted(decided),
        "criterion": grouped(decided, lambda row: {"rubric": row.rubric, "criterion": row.criterion}),
        "levels": grouped([row for row in decided if row.over == LEVELS], lambda row: {"levels": row.levels}),
        "category": grouped(decided, lambda row: {"category": row.category}),
        "field": grouped(decided, lambda row: {"field": row.field}),
    }


def counted(decided: Iterable[Dispute]) -> Row:
    """`share` is of the decided disputes; None where there is none."""
    counts = Counter(dispute.cause for dispute in decided)
    total = counts.total()
    return {
        "decided": total,
        "causes": {cause: {"n": counts[cause], "share": counts[cause] / total if total else None} for cause in CAUSES},
    }


def grouped(decided: Iterable[Dispute], about: Callable[[Dispute], Row]) -> list[Row]:
    groups: dict[tuple[Any, ...], list[Dispute]] = {}
    names: tuple[str, ...] = ()
    for dispute in decided:
        subject = about(dispute)
        names = tuple(subject)
        groups.setdefault(tuple(subject.values()), []).append(dispute)
    rows = [dict(zip(names, values, strict=True)) | counted(groups[values]) for values in sorted(groups)]
    return sorted(rows, key=lambda row: -row["decided"])


def criteria(disputes: list[Dispute], matrices: list[RatingMatrix]) -> list[Row]:
    """The criteria, the one most often in dispute first. `responses` are those that are fully judged."""
    disputed = Counter((dispute.rubric, dispute.criterion) for dispute in disputes)
    decided = Counter((dispute.rubric, dispute.criterion) for dispute in disputes if dispute.is_decided)
    rows = []
    for matrix in matrices:
        responses = int(matrix.complete.sum())
        for criterion in matrix.rubric.criteria.all():
            key = (matrix.rubric.name, criterion.key)
            share = disputed[key] / responses if responses else None
            counts = {"responses": responses, "disputed": disputed[key], "decided": decided[key], "share": share}
            rows.append({"rubric": key[0], "criterion": key[1]} | counts)
    return sorted(rows, key=lambda row: -row["disputed"])


def descriptors(disputes: list[Dispute], matrices: list[RatingMatrix]) -> list[Row]:
    """The levels that annotators gave in disputes, the one most often in dispute first. `given`: to so many of the fully
    judged responses somebody gave the level; in `disputed` of them the criterion is disputed."""
    disputed = Counter(
        (dispute.rubric, dispute.criterion, level) for dispute in disputes if dispute.over != PENALTY for level in dispute.ratings
    )
    rows = []
    for matrix in matrices:
        for criterion in matrix.rated_criteria:
            ratings = matrix.values[criterion.key][:, matrix.complete]
            for level in matrix.scale:
                key = (matrix.rubric.name, criterion.key, level)
                if number := disputed[key]:
                    responses = int((ratings == level).any(axis=0).sum())
                    counts = {"given": responses, "disputed": number, "share": number / responses if responses else None}
                    rows.append({"rubric": key[0], "criterion": key[1], "level": level} | counts)
    return sorted(rows, key=lambda row: -row["disputed"])
