"""The responses of a study as tables name them, and its people under pseudonyms."""

import hashlib
import hmac
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from annotation.flow.batches import batched
from annotation.models import Adjudication, Annotation, CaseReview, ErrorMark, Note, Participation, Project, Revision, Task, User
from rubrics.models import Rubric

BATCH = 500  # responses whose judgements are in memory at once


class Head(NamedTuple):
    """What each row of a table begins with; the primary key of the task is not written."""

    task: int
    id: str
    system: str
    sample: int
    split: str
    rubric: str

    @property
    def cells(self) -> tuple[str, str, int, str, str]:
        return self.id, self.system, self.sample, self.split, self.rubric


@dataclass(frozen=True)
class StudyTables:
    """`splits` has the split of each task that is released. `times`: times are written to the second, else days. `tasks` and
    `people`, primary keys: of these alone. `names`: people are named by their usernames, else by pseudonyms."""

    project: Project
    splits: Mapping[int, str]
    times: bool = False
    tasks: Collection[int] | None = None
    people: Collection[int] | None = None
    names: bool = False

    @cached_property
    def rubrics(self) -> dict[str, Rubric]:
        return {rubric.name: rubric for rubric in Rubric.objects.with_content().filter(projects=self.project)}

    @cached_property
    def called(self) -> dict[int, str]:
        """How each is named who judged or adjudicated, by their primary key: those whose rows are asked for."""
        judged = Annotation.objects.filter(task__project=self.project).order_by().values("annotator")
        decided = CaseReview.objects.filter(project=self.project).order_by().values("adjudicator")
        users = User.objects.filter(Q(pk__in=judged) | Q(pk__in=decided)).values_list("pk", "username")
        called = dict(users) if self.names else pseudonyms(self.project)
        return {pk: called[pk] for pk, _username in users if self.people is None or pk in self.people}

    @cached_property
    def informed(self) -> set[int]:
        """The first judgements, by their revisions, of people who had been shown others' scores of the response."""
        return set(Revision.objects.informed(self.project).values_list("pk", flat=True))

    @cached_property
    def heads(self) -> list[Head]:
        """Of the study's responses, sorted."""
        columns = ("pk", "response__query__external_id", "response__system", "response__sample")
        rows = Task.objects.study(self.project).values_list(*columns, "rubric__slug", "rubric__version")
        heads = [
            Head(task, query, system, sample, self.splits.get(task, ""), f"{slug}@{version}")
            for task, query, system, sample, slug, version in rows.iterator()
            if self.tasks is None or task in self.tasks
        ]
        return sorted(heads, key=lambda head: (head.id, head.system, head.sample, head.rubric))

    @cached_property
    def decided(self) -> set[int]:
        """The tasks with a case that ended."""
        return set(Adjudication.objects.ended().filter(task__project=self.project).order_by().values_list("task", flat=True))

    @cached_property
    def remarked(self) -> set[int]:
        """The tasks with a note or an error mark."""
        in_project = {"revision__annotation__task__project": self.project}
        rows = [kind.filter(**in_project).order_by() for kind in (Note.objects, ErrorMark.objects)]
        return {task for of_kind in rows for task in of_kind.values_list("revision__annotation__task", flat=True).distinct()}

    def batches(self, tasks: Collection[int] | None = None) -> Iterator[dict[int, Head]]:
        """The heads by task, BATCH at a time, in their order; of all tasks, or of these."""
        for part in batched((head for head in self.heads if tasks is None or head.task in tasks), BATCH):
            yield {head.task: head for head in part}


def pseudonyms(project: Project) -> dict[int, str]:
    """Of everybody who takes or took part, by primary key. They stay when somebody is renamed or leaves."""
    return {pk: pseudonym(project, name) for pk, name in Participation.objects.names(project).items()}


def pseudonym(project: Project, name: str) -> str:
    """Of the name with which somebody came. The same in every release of the project; nobody without its key can tell who it
    is."""
    return "a" + hmac.new(project.pseudonym_key.encode(), name.encode(), hashlib.sha256).hexdigest()[:12]
