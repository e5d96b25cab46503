"""Which files clean deletes; tests/test_loads.py has those of killed loads."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from annotation.flow.images.renditions import original_name
from annotation.flow.jobs import cleanup, queue
from annotation.flow.jobs.cleanup import clean
from annotation.flow.references import add_images
from annotation.models import Image, Job, Project
from tests.annotation.flow.jobs.running import start, uploads
from tests.factories import png

pytestmark = pytest.mark.django_db


def test_clean_takes_uploads_away_a_week_after_their_jobs_ended(project: Project, no_worker: None) -> None:
    waiting, young, old = (start(project) for _job in range(3))
    for job in (young, old):
        queue.cancel(job=job)
    Job.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=8))
    assert clean(dry_run=True).files == [old.upload]
    assert clean().files == [old.upload]
    assert sorted(f"uploads/{name}" for name in uploads()) == sorted([waiting.upload, young.upload])


def test_clean_deletes_the_rows_that_have_had_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {"sessions": 2, "sign_in_attempts": 0, "tasks": 0, "tokens": 1, "unused_images": 0, "unused_example_images": 0}
    asked: list[bool] = []

    def delete_expired(*, dry_run: bool) -> dict[str, int]:
        asked.append(dry_run)
        return counts

    monkeypatch.setattr(cleanup, "delete_expired", delete_expired)
    assert (clean(dry_run=True).rows, clean().rows, asked) == (counts, counts, [True, False])


def test_an_image_that_was_uploaded_and_never_saved_goes_and_its_file_with_the_next_cleaning(project: Project) -> None:
    add_images(project=project, images={"a.png": png()})
    uploaded = Image.objects.get()
    file = original_name(uploaded.sha256, "PNG")
    Image.objects.update(uploaded_at=timezone.now() - timedelta(days=8))
    assert (clean(dry_run=True).rows["unused_images"], Image.objects.count()) == (1, 1)
    cleaned = clean()
    assert (cleaned.files, cleaned.rows["unused_images"], Image.objects.count()) == ([], 1, 0)
    assert default_storage.exists(file)
    cleaned = clean()
    assert (cleaned.files, cleaned.rows["unused_images"], default_storage.exists(file)) == ([file], 0, False)


def test_clean_takes_away_what_killed_servers_left_of_uploads_and_of_the_cache(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "receiving"
    old, young = time.time() - 2 * 24 * 60 * 60, time.time() - 60
    for name, when in {
        "receiving/abc.upload.json": old,
        "receiving/def.upload.zip": young,  # somebody uploads it just now
        "cache/tmpabc": old,
        "cache/tmpdef": young,
        "cache/abc.djcache": old,  # the cache deletes these itself
        "secret_key": old,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (when, when))
    left = ["cache/tmpabc", "receiving/abc.upload.json"]
    assert clean(dry_run=True).files == left
    assert clean().files == left
    files = [path.name for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "locks"]
    assert sorted(files) == ["abc.djcache", "def.upload.zip", "secret_key", "tmpdef"]


def test_files_are_listed_before_loads_have_to_wait_and_looked_up_again_then(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, stored = ("0" * 64, "1" * 64)
    for digest in (lost, stored):
        default_storage.save(f"originals/{digest[:2]}/{digest}.png", ContentFile(b"x"))

    @contextmanager
    def load_meanwhile() -> Iterator[None]:
        """The load that cleaning waited for has stored a row of one of them."""
        Image.objects.create(project=project, sha256=stored, format="PNG", width=1, height=1, size=1)
        yield

    monkeypatch.setattr(cleanup, "take_turns", load_meanwhile)
    assert clean().files == [f"originals/00/{lost}.png"]
    assert default_storage.exists(f"originals/11/{stored}.png")
