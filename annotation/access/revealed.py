"""What an adjudicator sees after scoring unseen: each annotator's scores and feedback, under neutral names."""

import hashlib
from string import ascii_uppercase
from typing import Any

from django.utils.translation import gettext as _

from annotation.flow.judgements.ratings import FirstJudgement, RatedTask, rated_tasks
from annotation.models import Adjudication


def revealed_content(case: Adjudication) -> list[dict[str, Any]]:
    """[{"name", "scores": {criterion: level or "na"}, "penalties", "feedback"}], in an order that says nothing of who."""
    [task] = rated_tasks(case.task.project, [case.task_id])
    return [
        {
            "name": _("Annotator %(letter)s") % {"letter": letter},
            "scores": {key: "na" if value is None else value for key, value in said.scores.items()},
            "penalties": sorted(said.penalties),
            "feedback": said.feedback,
        }
        for letter, said in zip(ascii_uppercase, neutral_order(case, task), strict=False)
    ]


def neutral_order(case: Adjudication, task: RatedTask) -> list[FirstJudgement]:
    """Another order for each task, so that a letter cannot be followed from one to the next."""
    key = case.task.project.pseudonym_key

    def place(said: FirstJudgement) -> str:
        return hashlib.sha256(f"{key}:{task.id}:{said.annotator}".encode()).hexdigest()

    return sorted(task.said, key=place)
