"""The feedback that a release gives with a label."""

from dataclasses import dataclass

from annotation.flow.judgements import TaskColumn
from annotation.models import Adjudication, Project, Revision


@dataclass(frozen=True)
class Feedback:
    """`of_revisions` by revision, `decided` by task: what the adjudicator wrote, or adopted from an annotator."""

    of_revisions: dict[int, str]
    decided: dict[int, str]

    def of(self, task: TaskColumn) -> tuple[str, ...]:
        """The adjudicator's alone, where there is one; else of the judgements that the label rests on, sorted, since their order
        would tell who wrote which."""
        if task.id in self.decided:
            return (self.decided[task.id],)
        return tuple(sorted(self.of_revisions[pk] for pk in task.revisions if pk in self.of_revisions))


def read_feedback(project: Project) -> Feedback:
    texts = Revision.objects.in_study(project).exclude(feedback="").values_list("pk", "feedback")
    standing = Adjudication.objects.standing().decided().filter(task__project=project).order_by("round")
    decided = standing.values_list("task", "feedback", "adopted__feedback")
    return Feedback(
        of_revisions=dict(texts.iterator()),
        decided={task: own or adopted for task, own, adopted in decided.iterator() if own or adopted},
    )
