"""What scorers say of one response, for its page: it counts as shown to whoever sees it, and nobody who may decide sees it."""

from dataclasses import dataclass

from annotation.flow.check.scores import read_scores
from annotation.flow.shown import show_scorer_scores
from annotation.models import Membership, Project, Scorer, ScorerScore, Task, User


@dataclass(frozen=True)
class SaidOfResponse:
    """`runs` has the number of each run that has a score, with the score in points; `mean` is what is checked."""

    scorer: Scorer
    runs: tuple[tuple[int, float], ...]
    mean: float


def scorers_on(task: Task, *, to: User) -> list[SaidOfResponse]:
    """The scorers that stand and score the response, by name; none to who may decide. Records that they are shown, where there is
    any."""
    if may_decide(to, task.project):
        return []
    scored = ScorerScore.objects.filter(task=task).order_by().values("run__scorer")
    told = []
    for scorer in Scorer.objects.standing().filter(pk__in=scored).select_related("project").order_by("name"):
        scores = read_scores(scorer, [task.pk])
        values = scores.overall[:, 0].tolist()
        runs = tuple((number, value) for number, value in zip(scores.runs, values, strict=True) if value == value)
        if runs:
            told.append(SaidOfResponse(scorer, runs, float(scores.mean[0])))
    if told:
        show_scorer_scores([task.pk], to=to, project=task.project)
    return told


def may_decide(user: User, project: Project) -> bool:
    """Managers may, where the project's rules say so: of each response there may be a case for them yet."""
    return Membership.objects.deciders(project).filter(user=user).exists()
