"""The rows of the list of disputes: what managers see of each response, and what adjudicators do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.flow.adjudicate.further import tasks_without_answer
from annotation.flow.adjudicate.queue import FURTHER, SENT_BACK, Queue
from annotation.flow.judgements import Purpose, read_matrices
from annotation.models import Adjudication, CaseReview, Decision, Project, SentBack, User
from rubrics.models import Rubric

STATE_NAMES = {
    "waiting": _("waiting"),
    "reopened": _("reopened"),
    "in_hands": _("in progress"),
    "sent_back": _("sent back"),
    "further": _("further annotator"),
    "changed": _("scores changed since"),
    "decided": _("decided"),
    "unusable": _("unusable"),
}
AWAITING = (SENT_BACK, FURTHER)  # an annotator
CASE_STATES = ("changed", "decided", "unusable")  # of a case that has ended


class Ratings(NamedTuple):
    """The ratings of a criterion in dispute, each with its annotator's name."""

    criterion: str
    values: list[tuple[str, str]]


@dataclass(frozen=True)
class OwnRow:
    """What an adjudicator may see: nothing that tells a disputed response from another, nor anybody's scores or system."""

    task: int
    query: str
    category: str
    field: str
    criteria: list[str]
    since: date
    days: int
    state: str
    case: int  # 0: there is none that the person has a part in

    @property
    def state_name(self) -> Any:
        return STATE_NAMES[self.state]


@dataclass(frozen=True)
class ManagersRow(OwnRow):
    system: str
    sample: int
    ratings: list[Ratings]
    gap: float
    mixed_in: bool
    second: bool
    holder: str
    reserved_for: str
    decided_by: str
    sent_to: str
    unanswerable: bool  # the annotator for whom it waits will not come

    @property
    def annotators(self) -> list[str]:
        """In the order of the ratings."""
        return [name for name, _value in self.ratings[0].values] if self.ratings else []

    @property
    def awaits_annotator(self) -> bool:
        return self.state in AWAITING

    @property
    def asked_again(self) -> bool:
        """Whether it was decided, and waits again for what the rules have put in dispute since."""
        return bool(self.decided_by) and self.state not in CASE_STATES and not self.second

    @property
    def is_open(self) -> bool:
        return self.case > 0 and self.state not in CASE_STATES

    @property
    def is_ended(self) -> bool:
        return self.case > 0 and self.state in CASE_STATES


def own_rows(project: Project, by: User, queue: Queue, rubrics: list[Rubric]) -> list[OwnRow]:
    own = CaseReview.objects.filter(project=project, adjudicator=by, adjudication__task__in=queue.tasks.tolist())
    cases = dict(own.order_by("adjudication__round").values_list("adjudication__task", "adjudication"))
    return [OwnRow(**row | {"case": cases.get(row["task"], 0)}) for row in common(queue, rubrics)]


def managers_rows(project: Project, queue: Queue, rubrics: list[Rubric]) -> list[ManagersRow]:
    tasks = queue.tasks.tolist()
    columns = {column.id: column for matrix in read_matrices(project, tasks, Purpose.LABELS) for column in matrix.columns}
    standing = {
        case.task_id: case for case in Adjudication.objects.standing().filter(task__in=tasks).select_related("decided_by")
    }
    numbers = [
        standing[task].pk if state in CASE_STATES and task in standing else case
        for task, state, case in zip(tasks, queue.states, queue.cases.tolist(), strict=True)
    ]
    marks = mixed_in(numbers)
    people = names([*queue.holders.tolist(), *queue.reserved_for.tolist()])
    returned = SentBack.objects.open().filter(annotation__task__in=tasks)
    sent_to = dict(returned.values_list("annotation__task", "annotation__annotator__username"))
    awaiting = [task for task, state in zip(tasks, queue.states, strict=True) if state in AWAITING]
    unanswerable = tasks_without_answer(project, awaiting) if awaiting else set()
    details = zip(
        common(queue, rubrics), queue.criteria, queue.gaps.tolist(), queue.disputed.tolist(), queue.seconds.tolist(),
        numbers, queue.holders.tolist(), queue.reserved_for.tolist(), strict=True,
    )  # fmt: skip
    return [
        ManagersRow(
            **row | {"case": case},
            system=columns[row["task"]].system,
            sample=columns[row["task"]].sample,
            ratings=[
                Ratings(title, ratings_of(columns[row["task"]], key)) for title, key in zip(row["criteria"], keys, strict=True)
            ],
            gap=gap,
            mixed_in=marks.get(case, not disputed) and not second,
            second=second,
            holder=people.get(holder, ""),
            reserved_for=people.get(reserved, ""),
            decided_by=str(standing[row["task"]].decided_by) if row["task"] in standing else "",
            sent_to=sent_to.get(row["task"], ""),
            unanswerable=row["task"] in unanswerable,
        )
        for row, keys, gap, disputed, second, case, holder, reserved in details
    ]


def common(queue: Queue, rubrics: list[Rubric]) -> Iterable[dict[str, Any]]:
    """The fields of an OwnRow, the case apart."""
    titles = {(rubric.pk, criterion.key): criterion.title for rubric in rubrics for criterion in rubric.criteria.all()}
    today = timezone.now().date().toordinal()
    columns = zip(
        queue.tasks.tolist(), queue.rubrics.tolist(), queue.queries, queue.categories, queue.fields, queue.criteria,
        queue.since.tolist(), queue.states, strict=True,
    )  # fmt: skip
    for task, rubric, query, category, field, criteria, since, state in columns:
        yield {
            "task": task,
            "query": query,
            "category": category,
            "field": field,
            "criteria": [titles.get((rubric, key), key) for key in criteria],
            "since": date.fromordinal(max(since, 1)),
            "days": max(today - since, 0),
            "state": state,
        }


def ratings_of(column: Any, key: str) -> list[tuple[str, str]]:
    pairs = zip(column.annotators, column.ratings(key), strict=True)
    return [(name, "–" if value is None else str(value)) for name, value in pairs]


def mixed_in(cases: Iterable[int]) -> dict[int, bool]:
    """Of each case, whether it was mixed in: nothing that it asks was in dispute."""
    marks: dict[int, bool] = {}
    for case, disputed in Decision.objects.filter(adjudication__in=set(cases) - {0}).values_list("adjudication", "disputed"):
        marks[case] = marks.get(case, True) and not disputed
    return marks


def names(people: Iterable[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=set(people) - {0}).values_list("pk", "username"))
