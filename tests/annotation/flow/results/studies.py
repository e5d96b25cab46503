"""A study of two rubrics in which the systems are told apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from annotation.models import Project, Role, Task
from tests.factories import judge, load, make_member, make_project, make_rubric, record

# what each system gets per query; None: it has no response
LEVELS: dict[str, Sequence[int | None]] = {
    "ember": (3, 2, 4, 3, 2, 3, 4, 2),
    "larch": (5, 4, 6, 5, 4, 6, 5, 3),
    "quill": (1, 2, 2, None, None, 1, 2, 1),
}
FIELDS = ("physics", "art")


def make_study(levels: Mapping[str, Sequence[int | None]] = LEVELS, *, judged: bool = True, **more: Any) -> Project:
    """The first half of the queries is project-based learning, the other multi-step reasoning; fields alternate. One annotator
    per response, who gives `text` the level. Lea is the manager."""
    small, other = make_rubric(), make_rubric(slug="other", category="multi-step-reasoning")
    project = make_project(overlap=1, rubrics=[small.name, other.name], **more)
    make_member(project, "lea", Role.MANAGER)
    number = max(map(len, levels.values()))
    records = [
        record(place, id=query_id(place, number), model=system, field=FIELDS[place % 2])
        for system, of_system in levels.items()
        for place, level in enumerate(of_system)
        if level is not None
    ]
    load(project, records)
    if judged:
        judge_all(project, levels)
    return project


def query_id(place: int, number: int) -> str:
    return f"{'PBL' if place < number / 2 else 'MSR'}-{place:04}"


def judge_all(project: Project, levels: Mapping[str, Sequence[int | None]]) -> None:
    annotator = make_member(project, "ana")
    for task in Task.objects.filter(project=project).select_related("response__query"):
        level = levels[task.response.system][int(task.response.query.external_id[4:])]
        judge(task, annotator, text=level)


def percents(system: str, places: Sequence[int] | None = None) -> list[float]:
    chosen = range(len(LEVELS[system])) if places is None else places
    levels: list[Any] = [LEVELS[system][place] for place in chosen]
    return [100 * level / 6 for level in levels if level is not None]
