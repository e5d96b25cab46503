"""Starts jobs and runs them, as a page and a worker do."""

import io
import json
from typing import Any

from django.core.files.storage import default_storage

from annotation.flow.jobs import queue
from annotation.models import Job, Project
from tests.factories import record

ITEMS = json.dumps([record(1), record(2)]).encode()


def start(project: Project, content: bytes = ITEMS, name: str = "items.json", **more: Any) -> Job:
    return queue.start(
        project=project, kind=more.pop("kind", Job.Kind.LOAD_ITEMS), upload=io.BytesIO(content), file_name=name, **more
    )


def again(job: Job) -> Job:
    """The job as it is stored now."""
    return Job.objects.get(pk=job.pk)


def work(job: Job) -> Job:
    queue.carry_out.func(job.pk, job.attempt)
    return again(job)


def uploads() -> list[str]:
    return default_storage.listdir("uploads")[1] if default_storage.exists("uploads") else []
