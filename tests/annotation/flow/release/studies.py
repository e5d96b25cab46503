"""Small studies for the tests of splits: one annotator has judged everything."""

from collections.abc import Iterable, Sequence
from typing import Any

from annotation.flow.release import Options, release
from annotation.models import Label, Project, Release, Task
from tests.factories import judge, load, make_member, make_project, record

FIELDS = ("art", "health", "physics")


def study(numbers: Iterable[int], systems: Sequence[str] = ("a",), **more: Any) -> Project:
    project = make_project(overlap=1)
    grow(project, numbers, systems, **more)
    return project


def grow(project: Project, numbers: Iterable[int], systems: Sequence[str] = ("a",), **more: Any) -> None:
    """Load responses of the systems to queries of these numbers, whose fields take turns, and judge them."""
    images = more.pop("images", None)
    records = [record(number, model=name, field=FIELDS[number % 3]) | more for number in numbers for name in systems]
    load(project, records, images)
    ana = make_member(project, "ana")
    for task in Task.objects.filter(project=project, assignments__annotator=None):
        has_image = any(block["image"] for block in task.response.blocks)
        judge(task, ana, images=4 if has_image else "na")


def released(project: Project, folder: Any, **options: Any) -> Release:
    """A release in a folder of its own beside the others."""
    return release(project=project, out=folder / f"release-{Release.objects.count() + 1}", options=Options(**options))


def splits(made: Release) -> dict[str, str]:
    """Of each query that has labels in the release."""
    rows = Label.objects.filter(release=made).values_list("task__response__query__external_id", "split")
    return dict(rows.order_by("task__response__query__external_id"))


def queries(numbers: Iterable[int], split: str) -> dict[str, str]:
    return {f"PBL-{number:04}": split for number in numbers}
