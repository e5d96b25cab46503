"""All that a release is made from: the labels as they are now, and the split that its options choose."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.exporters import Template
from annotation.exporters.split import TRAIN, Response, sharing
from annotation.flow.judgements import ProjectCache, Purpose, RatingMatrix, TaskColumn, rating_matrices, read_judgements
from annotation.flow.labels import (
    FairTable,
    Outcomes,
    TaskLabel,
    cached_fair_tables,
    cached_outcomes,
    fair_tables,
    label_counts,
    labels_of,
    outcomes_from,
)
from annotation.flow.release.images import released_alike
from annotation.flow.release.options import Options
from annotation.flow.release.split.division import Division, division_of
from annotation.garbage import uncollected
from annotation.models import Concern, Flag, How, Project, Query, SentBack, Task
from annotation.sql.blocks import ImageDigests
from annotation.sql.rows import raw_rows

HELD_OUT, SENT_BACK, FLAGGED = "system_held_out", "sent_back", "flagged"
IMPOSSIBLE = (Concern.BROKEN_IMAGE, Concern.UNCLEAR_QUERY)  # flags of responses that nobody can judge


@dataclass(frozen=True)
class Draft:
    """Every task of the study, with its label or the reason why there is none.

    `read_at` is before anything was read: whatever happens later is not sure to be in it.
    `matrices` hold the first judgements, which agreement and ratings.csv are of. `images` has the SHA-256 of the images that
    each labelled task shows. `fair` has the table with the fair values of each task. `unresolved` has the reason of each task
    about which somebody has a question that is still open.
    """

    project: Project
    options: Options
    read_at: datetime
    matrices: list[RatingMatrix]
    labels: list[TaskLabel]
    counts: dict[str, int]
    images: Mapping[int, frozenset[str]]
    fair: Mapping[int, FairTable]
    unresolved: Mapping[int, str]
    division: Division

    @cached_property
    def splits(self) -> dict[int, str]:
        """Per task with a label that is released: train, check or test."""
        splits = self.division.of_query
        return {
            task.id: splits[task.query]
            for task in labelled(self.labels, self.unresolved)
            if splits[task.query] != TRAIN or task.system not in self.options.hold_out
        }

    def left_out(self, label: TaskLabel) -> str:
        """The reason why a label is not released, or why there is none."""
        return label.left_out or unresolved_reason(label, self.unresolved) or HELD_OUT

    @property
    def template(self) -> Template:
        """The one that is asked for; else the project's."""
        return Template(self.options.template or self.project.template, self.project.score_without_feedback)

    @cached_property
    def released(self) -> list[TaskLabel]:
        """In the order of their keys."""
        return [label for label in self.labels if label.task.id in self.splits]


@uncollected()
def read_draft(project: Project, options: Options) -> Draft:
    """Reads all judgements of the project, and no text. Raises Refused where there is nothing to release, or no such split."""
    read_at = timezone.now()
    judgements = read_judgements(project)
    matrices, outcomes = judgements.matrices(Purpose.AGREEMENT), outcomes_from(judgements, project)
    del judgements  # as many bytes as the labels take
    return draft_of(project, options, read_at, matrices, outcomes, fair_tables(part.matrix for part in outcomes))


@uncollected()
def preview_draft(project: Project, options: Options) -> Draft:
    """What read_draft gives, by what was read before where nothing has changed since."""
    read_at, cache = timezone.now(), ProjectCache(project)
    outcomes = cached_outcomes(project, cache)  # first: it brings the first judgements with it
    return draft_of(project, options, read_at, rating_matrices(project, cache), outcomes, cached_fair_tables(project, cache))


def draft_of(
    project: Project,
    options: Options,
    read_at: datetime,
    matrices: list[RatingMatrix],
    outcomes: list[Outcomes],
    fair: list[FairTable],
) -> Draft:
    labels = labels_of(outcomes)
    if unknown := sorted(set(options.hold_out) - {label.task.system for label in labels}):
        raise Refused(_("hold-out-system: no response is by %(systems)s") % {"systems": ", ".join(unknown)})
    unresolved = read_unresolved(project)
    tasks = labelled(labels, unresolved)
    if not tasks:
        raise Refused(_("%(project)s has no labels to release yet") % {"project": project.slug})
    images = images_shown(project)
    return Draft(
        project=project,
        options=options,
        read_at=read_at,
        matrices=matrices,
        labels=labels,
        counts=label_counts(outcomes),
        images=images,
        fair={task: table for table in fair for task in table.tasks.tolist()},
        unresolved=unresolved,
        division=division_of(project, responses_of(tasks), sharing(images_by_query(labels, images)), options),
    )


def labelled(labels: Iterable[TaskLabel], unresolved: Mapping[int, str]) -> list[TaskColumn]:
    """The tasks that have a label about which nothing is open."""
    return [label.task for label in labels if label.overall is not None and not unresolved_reason(label, unresolved)]


def unresolved_reason(label: TaskLabel, unresolved: Mapping[int, str]) -> str:
    """Empty where there is none. An adjudicator who decided has seen the response: their labels stand."""
    return "" if label.how == How.ADJUDICATED else unresolved.get(label.task.id, "")


def read_unresolved(project: Project) -> dict[int, str]:
    """Tasks with an annotation that was sent back and not revised, and those that were flagged as impossible to judge."""
    flagged = Flag.objects.open().filter(project=project, kind__in=IMPOSSIBLE).values_list("task", flat=True)
    returned = SentBack.objects.open().filter(annotation__task__project=project).values_list("annotation__task", flat=True)
    return dict.fromkeys(flagged, FLAGGED) | dict.fromkeys(returned, SENT_BACK)


def responses_of(tasks: Iterable[TaskColumn]) -> dict[str, list[Response]]:
    responses: defaultdict[str, list[Response]] = defaultdict(list)
    for task in tasks:
        responses[task.query].append(Response(task.category, task.field, task.system))
    return responses


def images_by_query(labels: Iterable[TaskLabel], images: Mapping[int, frozenset[str]]) -> dict[str, list[str]]:
    """Of responses without a label too: when they get one, their queries are together already."""
    shown: defaultdict[str, set[str]] = defaultdict(set)
    for label in labels:
        shown[label.task.query] |= images[label.task.id]
    return {query: sorted(digests) for query, digests in shown.items()}


def images_shown(project: Project) -> dict[int, frozenset[str]]:
    """The SHA-256 of the images that each study task shows: in question, correct answer and response.

    Images that annotators saw alike, and that are released as one, have the SHA-256 of one of them. Tasks of dropped queries are
    among them: a query may have been dropped since the judgements were read.
    """
    alike = released_alike(project)
    in_query = (ImageDigests("blocks"), ImageDigests("correct_answer"))
    of_query = {
        pk: digests(question, alike) | digests(correct, alike)
        for pk, question, correct in raw_rows(Query.objects.filter(project=project).values_list("pk", *in_query))
    }
    responses = Task.objects.ever_in_study(project).order_by()
    return {
        task: of_query[query] | digests(response, alike)
        for task, query, response in raw_rows(responses.values_list("pk", "response__query", ImageDigests("response__blocks")))
    }


def digests(shown: str | None, alike: Mapping[str, str]) -> frozenset[str]:
    return frozenset(alike.get(digest, digest) for digest in (shown or "").split())
