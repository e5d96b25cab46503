"""Records what people are shown of others' scores, before it is shown: what they judge afterwards is not independent. A scorer is
one of the others.

A page that names annotators, or shows what comes of their scores, response by response, says here which responses; whatever hands
out a whole project says so. Adjudicators are shown scores by their parts in cases, which are kept as rows of their own.
"""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Exists, Max, Min, OuterRef
from django.utils import timezone
from django.utils.translation import ngettext

from annotation.flow.batches import batched
from annotation.models import Annotation, Assignment, Project, ScoresShown, Task, User
from annotation.models.tasks import scores_were_shown

BATCH = 500


def show_scores(tasks: Iterable[int], *, to: User, project: Project) -> None:
    """Of responses, by their tasks. One query where they were shown before, two where not; those that nobody else has scored are
    left out."""
    for part in batched(tasks, BATCH):
        scored = Assignment.objects.submitted().filter(task=OuterRef("pk")).exclude(annotator=to)
        shown = ScoresShown.objects.filter(task=OuterRef("pk"), user=to)
        new = Task.objects.filter(Exists(scored), ~Exists(shown), pk__in=part, project=project).order_by()
        now = timezone.now()
        rows = [ScoresShown(project=project, user=to, task_id=task, at=now) for task in new.values_list("pk", flat=True)]
        ScoresShown.objects.bulk_create(rows, ignore_conflicts=True)  # two pages may show the same at once


def show_scorer_scores(tasks: Iterable[int], *, to: User, project: Project) -> None:
    """What a scorer says of these responses, by their tasks. Unlike people's scores it counts of those too that nobody has scored
    yet: a machine's score pulls whoever judges after it."""
    for part in batched(tasks, BATCH):
        shown = ScoresShown.objects.filter(task=OuterRef("pk"), user=to)
        new = Task.objects.filter(~Exists(shown), pk__in=part, project=project).order_by()
        now = timezone.now()
        rows = [ScoresShown(project=project, user=to, task_id=task, at=now) for task in new.values_list("pk", flat=True)]
        ScoresShown.objects.bulk_create(rows, ignore_conflicts=True)


def show_project(*, to: User, project: Project) -> None:
    """Of all responses that are scored by now."""
    ScoresShown.objects.create(project=project, user=to, at=timezone.now())


def show_while_read(stream: Iterable[bytes], *, to: User, project: Project) -> Iterator[bytes]:
    """Of all responses that are scored until the stream is read, as it may hold what is submitted meanwhile."""
    show_project(to=to, project=project)
    return recorded_again(stream, to, project)


def recorded_again(stream: Iterable[bytes], to: User, project: Project) -> Iterator[bytes]:
    try:
        yield from stream
    finally:
        show_project(to=to, project=project)


def count_shown(user: User, project: Project) -> int:
    """The responses that the person has not judged, of which they were shown others' scores."""
    judged = Annotation.objects.filter(task=OuterRef("pk"), annotator=user)
    return Task.objects.study(project).filter(~Exists(judged), scores_were_shown(user, "pk")).count()


def shown_in_words(user: User, shown: int) -> str:
    """What a change of role is told; empty where nothing was shown."""
    if not shown:
        return ""
    return ngettext(
        "%(name)s has been shown others' scores of %(shown)s response: judgements that they make of it will not count as"
        " independent.",
        "%(name)s has been shown others' scores of %(shown)s responses: judgements that they make of them will not count as"
        " independent.",
        shown,
    ) % {"name": user.username, "shown": shown}


def people_shown_scores(tasks: Collection[int], project: Project) -> Iterator[tuple[int, int]]:
    """Task and person, for all who were shown scores of these tasks. Three queries."""
    yield from ScoresShown.objects.filter(task__in=tasks).values_list("task", "user")
    newest = ScoresShown.objects.whole().filter(project=project).order_by().values("user").annotate(newest=Max("at"))
    oldest = Assignment.objects.submitted().filter(task__in=tasks).order_by().values("task").annotate(oldest=Min("submitted_at"))
    whole, scored = dict(newest.values_list("user", "newest")), dict(oldest.values_list("task", "oldest"))
    yield from ((task, user) for task, first in scored.items() for user, last in whole.items() if first <= last)
