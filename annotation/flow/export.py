"""An export: ratings, remarks, decisions and responses as they are now. It is no release: nothing is frozen, and it says so."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from zipfile import ZIP_DEFLATED

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from zipstream import ZipStream

from annotation.errors import Refused
from annotation.exporters import DecisionRecord, RemarkRecord, ResponseRecord, rating_bytes, table_bytes
from annotation.flow.batches import batched
from annotation.flow.judgements import TaskColumn
from annotation.flow.labels import LABEL_STATES, TaskLabel, cached_outcomes, labels_of
from annotation.flow.labels.states import tasks_by_state
from annotation.flow.tables import StudyTables, decision_records, rating_sheets, remark_records
from annotation.models import Adjudication, Annotation, Blocks, Event, Membership, Project, Response, Task, User, normal_form

NOTICE = "NOT-A-RELEASE.txt"
BATCH = 500  # responses whose texts are in memory at once


@dataclass(frozen=True)
class Selection:
    """What is exported: of each name, the values that may be; none stands for all. `person` has usernames: only their rows, and
    the responses that they judged."""

    category: Sequence[str] = ()
    field: Sequence[str] = ()
    system: Sequence[str] = ()
    person: Sequence[str] = ()
    state: Sequence[str] = ()


NAMES = tuple(field.name for field in fields(Selection))


def export(
    *, project: Project, selection: Selection, names: bool = False, times: bool = False, by: User | None = None
) -> ZipStream:
    """A zip that is made while it is read: the labels are in memory, texts and ratings pass through it. Who asked for it, and for
    what, is recorded.

    Raises Refused for an unknown person or state.
    """
    people = people_of(project, selection)
    labels = chosen_labels(project, selection, people)
    study = StudyTables(project, {}, times=times, tasks={label.task.id for label in labels}, people=people, names=names)
    stream = ZipStream(compress_type=ZIP_DEFLATED)
    stream.add(notice(project, selection, len(labels)), NOTICE)
    stream.add(table_bytes(response_records(labels), ResponseRecord), "responses.csv")
    stream.add(rating_bytes(rating_sheets(study)), "ratings.csv")
    stream.add(table_bytes(remark_records(study), RemarkRecord), "remarks.csv")
    stream.add(table_bytes(decision_records(study), DecisionRecord), "decisions.csv")
    chosen = {name: list(values) for name, values in asdict(selection).items() if values}
    data = {"responses": len(labels), "filter": chosen, "names": names, "times": times}
    Event.objects.create(project=project, verb=Event.Verb.EXPORTED, by=by, data=data)
    return stream


def people_of(project: Project, selection: Selection) -> set[int] | None:
    """Raises Refused for names of nobody who is a member or has judged: who else there is, is not told."""
    if not selection.person:
        return None
    members = Membership.objects.filter(project=project).values("user")
    judged = Annotation.objects.filter(task__project=project).order_by().values("annotator")
    users = User.objects.filter(Q(pk__in=members) | Q(pk__in=judged)).named(*selection.person)
    people = dict(users.values_list("normal_username", "pk"))
    if unknown := sorted({name for name in selection.person if normal_form(name) not in people}):
        raise Refused(_("person: nobody here is called %(names)s") % {"names": ", ".join(unknown)})
    return set(people.values())


def chosen_labels(project: Project, selection: Selection, people: set[int] | None) -> list[TaskLabel]:
    """Sorted by key; those without a label among them."""
    if unknown := sorted(set(selection.state) - LABEL_STATES.keys()):
        expected = {"states": ", ".join(unknown), "expected": ", ".join(LABEL_STATES)}
        raise Refused(_("state: %(states)s is unknown; expected %(expected)s") % expected)
    outcomes = cached_outcomes(project)
    labels = [label for label in labels_of(outcomes) if is_about(label.task, selection)]
    if selection.state:
        of_state = tasks_by_state(outcomes)
        in_state = {task for state in selection.state for task in of_state[state].tolist()}
        labels = [label for label in labels if label.task.id in in_state]
    if people is not None:
        judged = Annotation.objects.filter(task__project=project, annotator__in=people).values_list("task", flat=True)
        decided = Adjudication.objects.ended().filter(task__project=project, decided_by__in=people).values_list("task", flat=True)
        theirs = {*judged.iterator(), *decided.iterator()}
        labels = [label for label in labels if label.task.id in theirs]
    return labels


def is_about(task: TaskColumn, selection: Selection) -> bool:
    wanted = ((selection.category, task.category), (selection.field, task.field), (selection.system, task.system))
    return all(not values or value in values for values, value in wanted)


def notice(project: Project, selection: Selection, responses: int) -> bytes:
    chosen = "; ".join(f"{name}: {', '.join(values)}" for name, values in asdict(selection).items() if values)
    now = timezone.now()
    lines = [
        "This is an export, not a release.",
        f"It has ratings, remarks, decisions and responses of {project.slug} as they were at {now:%Y-%m-%d %H:%M} UTC.",
        "They go on to change. Nothing here is frozen, split or checked: train and report on a release.",
        f"Responses: {responses} ({chosen or 'all'}).",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def response_records(labels: Sequence[TaskLabel]) -> Iterator[ResponseRecord]:
    for part in batched(labels, BATCH):
        tasks = Task.objects.select_related("response__query").in_bulk([label.task.id for label in part])
        for label in part:
            yield response_record(label, tasks[label.task.id].response)


def response_record(label: TaskLabel, response: Response) -> ResponseRecord:
    task, query = label.task, response.query
    scored = label.overall is not None
    return ResponseRecord(
        id=task.query,
        system=task.system,
        sample=task.sample,
        category=task.category,
        field=task.field,
        subfield=task.subfield,
        rubric=task.rubric.name,
        judgements=len(task.rows),
        state=label.left_out or label.how.value,
        changed=int(label.changed),
        revised=int(label.revised),
        overall=None if label.overall is None else float(label.overall),
        score=label.score if scored else None,
        percent=float(label.percent) if scored else None,
        question=as_text(query.blocks),
        correct_answer=as_text(query.correct_answer or []),
        response=as_text(response.blocks),
    )


def as_text(blocks: Blocks) -> str:
    parts = ((block["text"], f"[{block['image']}]" if block["image"] else "") for block in blocks)
    return "\n\n".join(part for block in parts for part in block if part)
