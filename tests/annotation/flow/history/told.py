"""A study in which much has happened, and its history in short."""

from annotation.flow import adjudicate, score
from annotation.flow.history import history_of
from annotation.flow.score import concerns, revise
from annotation.models import Annotation, Assignment, Project, Task, User
from tests.annotation.flow.adjudicate.cases import settle
from tests.factories import body, judged, load, make_member, make_user, record


def told(task: Task) -> list[tuple[str, str | None, str | None]]:
    """What, by whom, about whom."""
    return [
        (happening.what, happening.by and happening.by.username, happening.about and happening.about.username)
        for happening in history_of(task)
    ]


def eventful(project: Project, ratings: tuple[int, int, int] = (1, 1, 6)) -> Task:
    """Flagged and settled, sent back and revised, decided blind by ada: one thing after the other."""
    lea = make_member(project, "lea", "manager")
    [task] = judged(project, [ratings], names=("uma", "vic", "wei"))
    uma = make_user("uma", password=None)
    slot = Assignment.objects.get(task=task, annotator=uma)
    flag = concerns.raise_flag(assignment=slot.pk, by=uma, kind="unclear_query", note="Which year?")
    concerns.settle(flag=flag, by=lea)
    revise.send_back(annotation=Annotation.objects.get(assignment=slot), by=lea, note="Look at step 2.")
    revise.revise(assignment=slot.pk, by=uma, body=body(text=2, penalties=["harm"], feedback="Better now."))
    decide(project, make_member(project, "ada", "adjudicator"), task)
    return task


def decide(project: Project, ada: User, task: Task) -> None:
    review = adjudicate.claim(project=project, by=ada, task=task.pk)
    assert review
    asked = review.adjudication.decisions.values_list("criterion__key", "criterion__kind")
    settle(review.adjudication, ada, {key: 3 if kind == "rated" else False for key, kind in asked})


def skipped(project: Project) -> Task:
    """A second response, that ana skipped for a reason of her own."""
    load(project, [record(2)])
    ana = make_member(project, "ana")
    slot = score.claim(project=project, by=ana)
    assert slot
    score.skip(assignment=slot.pk, by=ana, kind="other", reason="I know the author.")
    return slot.task
