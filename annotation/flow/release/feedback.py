"""The feedback that a release gives with a label, and the one among it that a scorer learns to give."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from annotation.flow.judgements import TaskColumn
from annotation.flow.labels import TaskLabel
from annotation.models import Adjudication, Project, Revision
from rubrics.scoring import rounded

DIGITS = 9  # after the point, of an annotator's overall: it is a float, and a half must stay one


@dataclass(frozen=True)
class Feedback:
    """`of_revisions` by revision, `decided` by task: what the adjudicator wrote, or adopted from an annotator."""

    of_revisions: dict[int, str]
    decided: dict[int, str]
    seed: int

    def of(self, task: TaskColumn) -> tuple[str, ...]:
        """The adjudicator's alone, where there is one; else of the judgements that the label rests on, sorted, since their order
        would tell who wrote which."""
        if task.id in self.decided:
            return (self.decided[task.id],)
        return tuple(sorted(self.of_revisions[pk] for pk in task.revisions if pk in self.of_revisions))

    def fitting(self, label: TaskLabel, pseudonyms: Mapping[int, str]) -> str | None:
        """The adjudicator's; else that of an annotator whose own overall, rounded, is the label's score; None where none fits.

        Of several, seed, response and pseudonym choose one, so that no annotator is always preferred.
        """
        task = label.task
        if self.decided.get(task.id, "").strip():
            return self.decided[task.id]
        written = [place for place, pk in enumerate(task.revisions) if self.of_revisions.get(pk, "").strip()]
        overalls = task.overalls if written else []
        fitting = [place for place in written if own_score(label, overalls[place]) == label.score]
        if not fitting:
            return None
        chosen = min(fitting, key=lambda place: lot(self.seed, *task.key, pseudonyms[task.annotator_pks[place]]))
        return self.of_revisions[task.revisions[chosen]]


def own_score(label: TaskLabel, overall: float | None) -> int | None:
    return None if overall is None else rounded(label.task.rubric, Fraction(round(overall, DIGITS)))


def lot(*parts: object) -> bytes:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).digest()


def read_feedback(project: Project, seed: int = 0) -> Feedback:
    texts = Revision.objects.in_study(project).exclude(feedback="").values_list("pk", "feedback")
    standing = Adjudication.objects.standing().decided().filter(task__project=project).order_by("round")
    decided = standing.values_list("task", "feedback", "adopted__feedback")
    return Feedback(
        of_revisions=dict(texts.iterator()),
        decided={task: own or adopted for task, own, adopted in decided.iterator() if own or adopted},
        seed=seed,
    )
