"""What each kind of job does, and what is refused of a job that another version queued."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from annotation.flow.jobs import queue, steps
from annotation.models import Job, Project, Query, Revision, ScorerRun
from tests.annotation.flow.jobs.running import again, start, work
from tests.factories import load as load_now
from tests.factories import png, record

pytestmark = pytest.mark.django_db


def test_scores_are_loaded_by_a_job_too(project: Project) -> None:
    load_now(project, [record(1)])
    content = b"id,model,annotator,criterion,score\nPBL-0001,system-a,uma,text,4\nPBL-0001,system-a,uma,images,na\n"
    job = again(start(project, content, "scores.csv", kind=Job.Kind.LOAD_SCORES))
    counts = {"annotations": 1, "scores": 2, "annotators": 1, "slots": 0, "skipped": 0, "not_first": 0}
    counts |= {"rejected": [], "warnings": []}
    assert (job.state, job.report, Revision.objects.count()) == ("done", counts, 1)


def test_a_scorers_file_is_kept_by_a_job_with_its_options(project: Project) -> None:
    load_now(project, [record(1), record(2)])
    content = b"id,model,score\nPBL-0001,system-a,5\nPBL-0002,system-a,10\n"
    options = {"scorer": "judge", "scale": "0:10"}
    job = again(start(project, content, "scores.csv", kind=Job.Kind.CHECK_SCORER, options=options))
    run = ScorerRun.objects.get()
    runs = [{"number": 1, "run": "", "new": True, "counts": run.counts}]
    assert (job.state, job.report) == ("done", {"scorer": {"id": run.scorer_id, "name": "judge"}, "runs": runs})
    assert list(run.scores.order_by("pk").values_list("value", flat=True)) == [3, 6]


def test_the_sizes_of_images_are_made_by_a_job_of_their_own(project: Project) -> None:
    load_now(project, [record(1, answer=[{"text": None, "image": "a.png"}])], {"a.png": png(size=(1000, 600))})
    job = again(queue.start(project=project, kind=Job.Kind.PREPARE_IMAGES))
    image = project.images.get()
    shown = sorted(default_storage.listdir(f"shown/{image.sha256[:2]}")[1])
    assert (job.state, job.report) == ("done", {"images": 1, "missing": 0})
    ends = (".png", "-480.jpg", "-480.webp", "-960.jpg", "-960.webp")
    assert shown == sorted(image.sha256 + end for end in ends)


def test_a_load_of_images_queues_the_job_that_makes_their_sizes(project: Project, tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("items.json", json.dumps([record(1, answer=[{"text": None, "image": "a.png"}])]))
        archive.writestr("a.png", png())
    start(project, content.getvalue(), "items.zip")
    assert [(job.kind, job.state) for job in Job.objects.order_by("pk")] == [("load_items", "done"), ("prepare_images", "done")]


def test_what_cannot_be_stored_is_told_with_a_mark_in_its_place(project: Project) -> None:
    for name, content in (("a.json", b'[{"a\\u0000b": 1}]'), ("b.csv", b"id,a\0b\n1,2\n"), ("c.jsonl", b'{"a\\u0000b": 1}')):
        kind = Job.Kind.LOAD_ITEMS if name == "a.json" else Job.Kind.LOAD_SCORES
        job = again(start(project, content, name, kind=kind))
        told = f"{job.message}{job.report}"
        assert (job.state, "\0" in told, "a\ufffdb" in told or r"a\x00b" in told) == ("refused", False, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"layout": "csv"}, "layout=csv"),
        ({"dry_run": "maybe"}, "dry_run=maybe"),
        ({"columns": "id=nr"}, "columns=id=nr"),
        ({"columns": [1]}, "columns=[1]"),
        ({"trained_on": "1"}, "trained_on=1"),
        ([], "[]"),
    ],
)
def test_a_job_with_options_of_another_version_ends_with_a_message(
    project: Project, no_worker: None, options: Any, words: str
) -> None:
    job = start(project)
    Job.objects.filter(pk=job.pk).update(options=options)
    refused = work(job)
    message = f"Another version of Sixpoint queued this job, and this one does not understand {words}. Start the job anew."
    assert (refused.state, refused.message, Query.objects.count()) == ("refused", message, 0)


def test_a_job_of_a_kind_that_is_not_known_ends_with_a_message(
    project: Project, no_worker: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = start(project)
    monkeypatch.delitem(steps.STEPS, Job.Kind.LOAD_ITEMS)
    message = "Another version of Sixpoint queued this job, and this one does not understand load_items. Start the job anew."
    assert (work(job).state, again(job).message) == ("refused", message)
