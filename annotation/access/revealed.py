"""What an adjudicator sees after scoring blind: each annotator's scores and feedback, under neutral names."""

import hashlib
from string import ascii_uppercase
from typing import Any

from django.utils.translation import gettext as _

from annotation.flow.judgements import TaskColumn, feedback_of, read_matrices
from annotation.models import Adjudication
from rubrics.models import Criterion


def revealed_content(case: Adjudication) -> list[dict[str, Any]]:
    """[{"name", "scores": {criterion: level or "na"}, "penalties", "feedback"}], in an order that does not tell who is who."""
    project = case.task.project
    [matrix] = read_matrices(project, [case.task_id])
    [task] = matrix.columns
    feedback = feedback_of(project, [case.task_id])
    ratings = {criterion: task.ratings(criterion.key) for criterion in matrix.rubric.criteria.all()}
    return [
        {"name": _("Annotator %(letter)s") % {"letter": letter}}
        | judgement({criterion: values[place] for criterion, values in ratings.items()})
        | {"feedback": feedback.get((task.id, task.annotator_pks[place]), "")}
        for letter, place in zip(ascii_uppercase, neutral_order(project.pseudonym_key, task), strict=False)
    ]


def judgement(values: dict[Criterion, int | None]) -> dict[str, Any]:
    return {
        "scores": {item.key: "na" if value is None else value for item, value in values.items() if item.is_rated},
        "penalties": sorted(item.key for item, value in values.items() if value and not item.is_rated),
    }


def neutral_order(key: str, task: TaskColumn) -> list[int]:
    """The places of the annotators, in another order for each task: a letter cannot be followed from one task to the next."""
    pks = task.annotator_pks
    return sorted(range(len(pks)), key=lambda place: hashlib.sha256(f"{key}:{task.id}:{pks[place]}".encode()).hexdigest())
