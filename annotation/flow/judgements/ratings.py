"""Reads the first, independent judgements of a project: what agreement, adjudication and labels all start from.

Five queries, whatever the project's size; memory grows with the judgements.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from annotation.models import Project, Revision, Score, Task
from rubrics.models import Criterion, Rubric
from rubrics.scoring import overall


@dataclass(frozen=True)
class FirstJudgement:
    """One first judgement: a value per rated criterion (None: not applicable), and the penalties given."""

    annotator: int
    username: str
    scores: dict[str, int | None]
    penalties: frozenset[str]
    feedback: str
    holistic: int | None


@dataclass(frozen=True)
class RatedTask:
    """A study task with its first judgements, in the order of the annotators' names by code point."""

    id: int
    response: int
    query: str
    system: str
    sample: int
    category: str
    field: str
    subfield: str
    rubric: Rubric
    complete: bool
    said: tuple[FirstJudgement, ...]

    @property
    def key(self) -> tuple[str, str, int, str]:
        return (self.query, self.system, self.sample, self.rubric.name)

    def of(self, criterion: Criterion) -> list[int | None]:
        """The ratings of a rated criterion."""
        return [said.scores[criterion.key] for said in self.said]

    def given(self, criterion: Criterion) -> list[bool]:
        """Who gave the penalty."""
        return [criterion.key in said.penalties for said in self.said]

    @cached_property
    def overalls(self) -> list[Fraction | None]:
        return [overall(self.rubric, scores=said.scores, penalties=said.penalties, holistic=said.holistic) for said in self.said]


def rated_tasks(project: Project, tasks: Iterable[int] | None = None) -> list[RatedTask]:
    """All study tasks of the project, or those named by primary key (of dropped queries too), sorted by key."""
    chosen = Task.objects.study(project) if tasks is None else Task.objects.ever_in_study(project).filter(pk__in=list(tasks))
    complete = set(chosen.fully_judged().values_list("pk", flat=True))
    said = first_judgements(project, chosen)
    rubrics = {rubric.pk: rubric for rubric in Rubric.objects.with_content().filter(projects=project)}
    columns = ("pk", "response", "response__query__external_id", "response__system", "response__sample")
    about = ("response__query__category", "response__query__field", "response__query__subfield")
    found = [
        RatedTask(pk, *row, rubric=rubrics[rubric], complete=pk in complete, said=tuple(said.get(pk, ())))  # type: ignore[misc]
        for pk, *row, rubric in chosen.values_list(*columns, *about, "rubric").iterator()
    ]
    return sorted(found, key=lambda task: task.key)


def first_judgements(project: Project, tasks: Any) -> dict[int, list[FirstJudgement]]:
    """Per task, the judgements by the annotators' names."""
    first = Revision.objects.first_judgements(project).filter(annotation__task__in=tasks)
    who = ("annotation__task", "annotation__annotator", "annotation__annotator__username")
    # before the scores: what is submitted between the two queries then has scores that nobody asks for, never a lack of them
    revisions = list(first.values_list("pk", *who, "feedback", "holistic").iterator())
    scores: dict[int, dict[str, int | None]] = defaultdict(dict)
    penalties: dict[int, set[str]] = defaultdict(set)
    rows = Score.objects.filter(revision__in=first).values_list("revision", "criterion__key", "criterion__kind", "level__value")
    for revision, key, kind, value in rows.iterator():
        if kind == Criterion.Kind.PENALTY:
            penalties[revision].add(key)
        else:
            scores[revision][key] = value
    found: dict[int, list[FirstJudgement]] = defaultdict(list)
    for pk, task, annotator, username, feedback, holistic in revisions:
        found[task].append(FirstJudgement(annotator, username, scores[pk], frozenset(penalties.get(pk, ())), feedback, holistic))
    for judgements in found.values():
        judgements.sort(key=lambda said: said.username)
    return found
