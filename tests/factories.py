"""What tests are made of: plain functions, each with defaults that make the shortest test that still says what it means."""

import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from PIL import Image as Pillow

from annotation.flow import score
from annotation.flow.load import load_items
from annotation.flow.load.report import ItemReport
from annotation.flow.setup.projects import add_member, create_project, set_password
from annotation.models import Assignment, Project, Revision, Role, Task, User
from rubrics import versioning
from rubrics.models import Rubric
from rubrics.yaml import parse

PASSWORD = "open-for-tests"


def rubric_file(**changes: Any) -> dict[str, Any]:
    """A rubric of two criteria and a penalty, for project-based learning."""
    return {
        "slug": "small",
        "title": "Small",
        "category": "project-based-learning",
        "scale": {"min": 1, "max": 6},
        "criteria": [
            criterion(key="text", title="Text"),
            criterion(key="images", title="Images", na="when_no_response_image"),
            penalty(),
        ],
    } | changes


def criterion(*, key: str, title: str = "", na: str = "never", **more: Any) -> dict[str, Any]:
    levels = {value: {"label": f"L{value}", "descriptor": f"{key}, level {value}"} for value in range(1, 7)}
    return {"key": key, "title": title or key, "na": na, "levels": levels} | more


def penalty(*, key: str = "harm", points: int = 1) -> dict[str, Any]:
    return {"key": key, "kind": "penalty", "title": "Harm", "points": points}


def make_rubric(**changes: Any) -> Rubric:
    return versioning.load(content=parse(rubric_file(**changes)))[0]


def make_project(*, slug: str = "study", overlap: int = 3, rubrics: Sequence[str] = (), **more: Any) -> Project:
    if not rubrics:
        rubrics = [make_rubric().name]
    return create_project(slug=slug, rubrics=list(rubrics), overlap=overlap, **more)


def make_user(username: str, *, password: str | None = PASSWORD) -> User:
    user = User.objects.filter(username=username).first() or User.objects.create(username=username)
    if password:
        set_password(user=user, password=password)
    return user


def make_member(project: Project, username: str, role: str = Role.ANNOTATOR, also: Sequence[str] = ()) -> User:
    make_user(username)
    return add_member(username=username, project=project, role=role, also=also).user


def png(colour: str = "red", size: tuple[int, int] = (8, 6)) -> bytes:
    file = io.BytesIO()
    Pillow.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def block(text: str | None = None, image: str | None = None) -> dict[str, Any]:
    return {"text": text, "image": image}


def record(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"PBL-{number:04}",
        "question": [block(f"Question {number}")],
        "answer": [block(f"Answer {number}")],
        "model": "system-a",
    } | changes


def load(
    project: Project, records: Sequence[Mapping[str, Any]], images: Mapping[str, bytes] | None = None, **more: Any
) -> ItemReport:
    """Write the records and images into a folder and load them."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (images or {}).items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        file = Path(folder, "items.json")
        file.write_text(json.dumps(list(records)))
        return load_items(path=file, project=project, **more)


def responses(project: Project, count: int = 1) -> list[Task]:
    load(project, [record(number) for number in range(1, count + 1)])
    return list(Task.objects.filter(project=project).order_by("response__query__external_id"))


def body(*, text: Any = 4, images: Any = "na", penalties: Sequence[str] = (), **more: Any) -> dict[str, Any]:
    return {"scores": {"text": text, "images": images}, "penalties": list(penalties)} | more


def claim_task(task: Task, user: User) -> Assignment:
    """Hold a slot of that very task, whatever the order of the queue."""
    now = timezone.now()
    slot = Assignment.objects.filter(task=task, annotator=None).order_by("number")[0]
    Assignment.objects.filter(pk=slot.pk).update(annotator=user, claimed_at=now, lease_expires_at=now + timedelta(hours=1))
    slot.refresh_from_db()
    return slot


def judge(task: Task, user: User, **said: Any) -> Revision:
    slot = claim_task(task, user)
    return score.submit(assignment=slot.pk, by=user, body=body(**said))[0]


def judged(project: Project, ratings: Sequence[Sequence[Any]], names: Sequence[str] = ("ana", "bo", "chen")) -> list[Task]:
    """A response per row of `ratings`, with what each annotator says of `text` (a level, or a whole body as a dict)."""
    tasks = responses(project, len(ratings))
    annotators = [make_member(project, name) for name in names]
    for task, row in zip(tasks, ratings, strict=True):
        for user, value in zip(annotators, row, strict=False):
            if value is not None:
                judge(task, user, **(value if isinstance(value, dict) else {"text": value}))
    return tasks
