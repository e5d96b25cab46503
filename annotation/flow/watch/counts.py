"""The slots of a project, counted by category, by system and by person. Withdrawn ones are wanted no more and not counted."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from annotation.flow.score.claims import most_left
from annotation.models import Assignment, CohortMember, Membership, Project, Role, Skip, Task, User

Row = dict[str, Any]
SUBMITTED, HELD = Q(submitted_at__isnull=False), Q(annotator__isnull=False, submitted_at=None)
NUMBERS = ("slots", "submitted", "held", "open")


def slots_by(project: Project) -> dict[str, list[Row]]:
    """Rows of category and of system by name: "slots" that are wanted, of which some are submitted, held and open. One query."""
    slots = Assignment.objects.filter(project=project).not_withdrawn().order_by()
    counted = slots.values_list("category", "system").annotate(
        slots=Count("pk"), submitted=Count("pk", filter=SUBMITTED), held=Count("pk", filter=HELD)
    )
    cells = [(category, system, (slots, done, held, slots - done - held)) for category, system, slots, done, held in counted]
    return {
        "category": summed((category, numbers) for category, _system, numbers in cells),
        "system": summed((system, numbers) for _category, system, numbers in cells),
    }


def summed(cells: Iterable[tuple[str, tuple[int, ...]]]) -> list[Row]:
    sums: dict[str, list[int]] = {}
    for name, numbers in cells:
        so_far = sums.setdefault(name, [0] * len(NUMBERS))
        sums[name] = [a + b for a, b in zip(so_far, numbers, strict=True)]
    return [{"name": name} | dict(zip(NUMBERS, sums[name], strict=True)) for name in sorted(sums)]


def in_all(rows: list[Row]) -> dict[str, int]:
    return {key: sum(row[key] for row in rows) for key in NUMBERS}


def people(project: Project, free: int) -> list[Row]:
    """Whoever scores or has scored, by username: their cohort, what they submitted, hold and skipped, when they submitted last,
    and the most that can still come to them (None for somebody who is no annotator now); `free`: slots that are open or held.
    Five queries."""
    done = slots_of_people(project)
    skips_of: QuerySet[Any, Any] = Skip.objects.filter(project=project).order_by().values_list("annotator")
    skipped = dict(skips_of.annotate(number=Count("pk")))
    annotators = set(Membership.objects.in_project(project, Role.ANNOTATOR).values_list("user", flat=True))
    tasks = Task.objects.filter(project=project).count()
    cohorts = CohortMember.objects.names(project)
    rows = []
    for user in User.objects.filter(pk__in=annotators | set(done)).order_by("username"):
        own = done.get(user.pk, {"submitted": 0, "held": 0, "last": None})
        skips = skipped.get(user.pk, 0)
        left = most_left(tasks=tasks, done=own["submitted"], skipped=skips, free=free) if user.pk in annotators else None
        who = {"name": user.username, "title": str(user), "cohort": cohorts.get(user.pk, "")}
        rows.append(who | own | {"skipped": skips, "left": left})
    return rows


def by_cohort(people: list[Row]) -> list[Row]:
    """What the people of each cohort submitted and hold, by its name, which is empty for those who are in none; no rows where all
    are."""
    sums: dict[str, dict[str, int]] = {}
    for person in people:
        so_far = sums.setdefault(person["cohort"], {"people": 0, "submitted": 0, "held": 0})
        for name, number in (("people", 1), ("submitted", person["submitted"]), ("held", person["held"])):
            so_far[name] += number
    return [{"name": name} | sums[name] for name in sorted(sums)] if any(sums) else []


def slots_of_people(project: Project) -> dict[int, Row]:
    slots: QuerySet[Any, Any] = Assignment.objects.filter(project=project, annotator__isnull=False).order_by().values("annotator")
    counted = slots.annotate(submitted=Count("pk", filter=SUBMITTED), held=Count("pk", filter=HELD), last=Max("submitted_at"))
    return {row.pop("annotator"): row for row in counted}
