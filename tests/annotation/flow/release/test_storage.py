"""Which folders of releases are swept away: those of attempts that ended without a release."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from annotation.flow.jobs.cleanup import clean
from annotation.flow.release.storage import new_name, store_files, sweep, workshop
from annotation.models import Job, Project
from tests.annotation.flow.release.stored import stored_release

pytestmark = pytest.mark.django_db


def job(project: Project, *, minutes: int, attempt: int = 1) -> Job:
    """Under way, with a lease that has so many minutes to go."""
    lease = timezone.now() + timedelta(minutes=minutes)
    return Job.objects.create(
        project=project, kind=Job.Kind.RELEASE, attempt=attempt, started_at=timezone.now(), lease_expires_at=lease
    )


def left_behind(job: Job) -> tuple[str, str]:
    """What a killed worker left in the workshop, and in the storage."""
    made, stored = new_name(job), new_name(job)
    (workshop() / made / "images").mkdir(parents=True)
    (workshop() / made / "images" / "a.png").write_bytes(b"a")
    (workshop() / stored / "images").mkdir(parents=True)
    (workshop() / stored / "images" / "a.png").write_bytes(b"a")
    store_files(workshop() / stored, stored, {"images/a.png": 1}, lambda *_arguments: None)
    return f"making/{made}/", f"releases/{stored}/"


def test_clean_takes_away_what_killed_workers_left_and_nothing_else(project: Project) -> None:
    made = stored_release(project)
    left_behind(job(project, minutes=5))
    lost = job(project, minutes=-5)
    left = left_behind(lost)
    (workshop() / "other").mkdir()
    (workshop() / "other" / "a.png").write_bytes(b"a")
    assert clean(dry_run=True).files == []  # it ends no job
    cleaned = clean()
    assert (cleaned.files, cleaned.lost_jobs) == (list(left), 1)
    assert not any(default_storage.exists(name.rstrip("/")) for name in left)
    assert len(list(workshop().iterdir())) == 2
    assert made.files.folder.removeprefix("releases/") in default_storage.listdir("releases")[0]
    assert len(default_storage.listdir("releases")[0]) == 2
    assert sweep() == []


def test_a_dry_run_lists_and_deletes_nothing(project: Project) -> None:
    ended = job(project, minutes=5)
    left = left_behind(ended)
    Job.objects.update(ended_at=timezone.now(), outcome="lost")
    assert clean(dry_run=True).files == list(left)
    assert all(default_storage.exists(name.rstrip("/")) for name in left)


def test_what_the_attempt_before_left_goes_while_the_next_is_under_way(project: Project) -> None:
    second = job(project, minutes=5, attempt=2)
    second.attempt = 1
    left = left_behind(second)
    second.attempt = 2
    left_behind(second)
    assert sweep() == list(left)


def test_a_release_leaves_nothing_in_the_workshop(project: Project) -> None:
    stored_release(project)
    assert list(Path(workshop()).iterdir()) == []
