"""Which files clean deletes; tests/test_loads.py has those of killed loads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.flow.jobs import queue
from annotation.flow.jobs.cleanup import clean
from annotation.models import Job, Project
from tests.annotation.flow.jobs.running import start, uploads

pytestmark = pytest.mark.django_db


def test_clean_takes_uploads_away_a_week_after_their_jobs_ended(project: Project, no_worker: None) -> None:
    waiting, young, old = (start(project) for _job in range(3))
    for job in (young, old):
        queue.cancel(job=job)
    Job.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=8))
    assert clean(dry_run=True).files == [old.upload]
    assert clean().files == [old.upload]
    assert sorted(f"uploads/{name}" for name in uploads()) == sorted([waiting.upload, young.upload])
