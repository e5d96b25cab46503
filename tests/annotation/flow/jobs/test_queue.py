"""What a worker carries out: how it starts, is watched, stopped, tried again, and given up."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from annotation.errors import AlreadyDone, Refused
from annotation.flow.jobs import queue
from annotation.flow.jobs.cleanup import clean
from annotation.models import Job, Project, Query, Revision
from tests.factories import load as load_now
from tests.factories import make_project, png, record

pytestmark = pytest.mark.django_db
ITEMS = json.dumps([record(1), record(2)]).encode()


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs wait, as they do when no worker runs."""
    monkeypatch.setattr(queue, "run_later", lambda job: None)


def start(project: Project, content: bytes = ITEMS, name: str = "items.json", **more: Any) -> Job:
    return queue.start(
        project=project, kind=more.pop("kind", Job.Kind.LOAD_ITEMS), upload=io.BytesIO(content), file_name=name, **more
    )


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def work(job: Job) -> Job:
    queue.carry_out.func(job.pk, job.attempt)
    return again(job)


def uploads() -> list[str]:
    return default_storage.listdir("uploads")[1] if default_storage.exists("uploads") else []


def test_a_job_waits_for_a_worker_and_is_carried_out_once(project: Project, no_worker: None) -> None:
    job = start(project)
    assert (job.state, len(uploads()), Query.objects.count()) == ("waiting", 1, 0)
    done = work(job)
    assert (done.state, done.report and done.report["queries"], uploads(), Query.objects.count()) == ("done", 2, [], 2)
    assert work(job).ended_at == done.ended_at


def test_scores_are_loaded_by_a_job_too(project: Project) -> None:
    load_now(project, [record(1)])
    said = b"id,model,annotator,criterion,score\nPBL-0001,system-a,uma,text,4\nPBL-0001,system-a,uma,images,na\n"
    job = again(start(project, said, "scores.csv", kind=Job.Kind.LOAD_SCORES))
    counts = {"annotations": 1, "scores": 2, "annotators": 1, "slots": 0, "skipped": 0, "rejected": []}
    assert (job.state, job.report, Revision.objects.count()) == ("done", counts, 1)


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


def test_a_job_that_waits_is_cancelled_at_once(project: Project, no_worker: None) -> None:
    job = start(project)
    queue.cancel(job=job)
    assert work(job).state == "cancelled"
    assert Query.objects.count() == 0
    with pytest.raises(AlreadyDone):
        queue.cancel(job=job)


@pytest.mark.django_db(transaction=True)
def test_a_job_under_way_stops_when_it_is_asked_to(project: Project, no_worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    job = start(project)
    load = queue.items.load_package

    def asked_in_between(**named: Any) -> Any:
        queue.cancel(job=again(job))
        return load(**named)

    monkeypatch.setattr(queue.items, "load_package", asked_in_between)
    stopped = work(job)
    assert (stopped.state, stopped.can_be_tried_again, Query.objects.count(), len(uploads())) == ("cancelled", True, 0, 1)
    monkeypatch.undo()
    monkeypatch.setattr(queue, "run_later", lambda job: None)
    queue.retry(job=stopped)
    assert (again(job).state, again(job).attempt) == ("waiting", 2)
    assert (work(job).state, work(again(job)).state, Query.objects.count()) == ("waiting", "done", 2)


@pytest.mark.django_db(transaction=True)
def test_progress_is_noted_and_the_lease_renewed(project: Project, no_worker: None) -> None:
    job = start(project)
    Job.objects.filter(pk=job.pk).update(started_at=timezone.now(), lease_expires_at=timezone.now())
    watch = queue.ProgressReporter(again(job))
    watch("reading", 10, 100)
    seen = again(job)
    assert (seen.state, seen.phase, seen.done, seen.total) == ("running", "reading", 10, 100)
    watch("reading", 20, 100)  # within the same second
    assert again(job).done == 10
    watch("storing", 0, 60_000)
    assert again(job).lease_expires_at - seen.lease_expires_at >= timedelta(minutes=8)


def test_a_job_whose_worker_was_killed_is_found_ended_and_tried_again(project: Project, no_worker: None) -> None:
    job = start(project)
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(started_at=past - timedelta(minutes=2), lease_expires_at=past)
    assert (again(job).state, again(job).ended_at) == ("lost", None)
    assert queue.end_lost() == 1
    lost = again(job)
    assert (lost.state, lost.outcome, lost.can_be_tried_again) == ("lost", "lost", True)
    queue.retry(job=lost)
    assert (work(again(job)).state, Query.objects.count()) == ("done", 2)


def test_an_attempt_that_was_thought_lost_has_no_say_any_more(project: Project, no_worker: None) -> None:
    first = start(project)
    now = timezone.now()
    Job.objects.filter(pk=first.pk).update(started_at=now, lease_expires_at=now - timedelta(seconds=1))
    first.refresh_from_db()
    queue.retry(job=again(first))
    queue.end(first, Job.Outcome.FAILED, message="I am late")
    with pytest.raises(queue.Cancelled):
        queue.ProgressReporter(first).note("reading", 1, 2)
    assert (again(first).state, again(first).message) == ("waiting", "")


def test_what_goes_wrong_on_our_side_is_logged_and_not_told(
    project: Project, no_worker: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job = start(project)

    def broken(job: Job, watch: Any) -> Any:
        raise ValueError("the inner workings")

    monkeypatch.setitem(queue.STEPS, Job.Kind.LOAD_ITEMS, broken)
    failed = work(job)
    assert (failed.state, failed.message) == ("failed", "Something went wrong on our side, and stands in the server's log.")
    assert "the inner workings" in caplog.text
    assert len(uploads()) == 1


def test_a_job_that_is_done_or_refused_is_not_tried_again(project: Project) -> None:
    done, refused = start(project), start(project, b"{}")
    assert [again(job).state for job in (done, refused)] == ["done", "refused"]
    for job in (done, refused):
        with pytest.raises(AlreadyDone):
            queue.retry(job=again(job))


def test_a_job_whose_upload_is_gone_is_not_tried_again(project: Project, no_worker: None) -> None:
    job = start(project)
    queue.cancel(job=job)
    default_storage.delete(job.upload)
    with pytest.raises(Refused, match=r"items\.json is not kept any more: upload it again"):
        queue.retry(job=again(job))


def test_clean_takes_uploads_away_a_week_after_their_jobs_ended(project: Project, no_worker: None) -> None:
    waiting, young, old = (start(project) for _job in range(3))
    for job in (young, old):
        queue.cancel(job=job)
    Job.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=8))
    assert clean(dry_run=True).files == [old.upload]
    assert clean().files == [old.upload]
    assert sorted(f"uploads/{name}" for name in uploads()) == sorted([waiting.upload, young.upload])


def test_a_job_speaks_the_language_of_who_asked(project: Project, no_worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with translation.override("zh-hans"):
        job = start(project)
    spoken: list[str | None] = []
    monkeypatch.setitem(queue.STEPS, Job.Kind.LOAD_ITEMS, lambda job, watch: spoken.append(translation.get_language()) or {})
    assert (work(job).state, spoken) == ("done", ["zh-hans"])


def test_a_job_is_heard_of_while_it_looks_at_images(project: Project, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    items = [record(number, answer=[{"text": None, "image": f"{number}.png"}]) for number in range(1, 6)]
    load_now(project, items, {f"{n}.png": png(size=(n + 5, 9)) for n in range(1, 6)}, progress=lambda *step: told.append(step))
    assert len([step for step in told if step[0] == "reading"]) == 5 + 1


def test_what_cannot_be_stored_is_told_with_a_mark_in_its_place(project: Project) -> None:
    for name, content in (("a.json", b'[{"a\\u0000b": 1}]'), ("b.csv", b"id,a\0b\n1,2\n"), ("c.jsonl", b'{"a\\u0000b": 1}')):
        kind = Job.Kind.LOAD_ITEMS if name == "a.json" else Job.Kind.LOAD_SCORES
        job = again(start(project, content, name, kind=kind))
        assert (job.state, "a\ufffdb" in f"{job.message}{job.report}") == ("refused", True)


def test_a_job_that_the_queue_forgot_is_queued_again(project: Project, no_worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten, young = start(project), start(project)
    Job.objects.filter(pk=forgotten.pk).update(made_at=timezone.now() - timedelta(minutes=2))
    queued: list[int] = []
    monkeypatch.setattr(queue, "run_later", lambda job: queued.append(job.pk))
    queue.queue_again()
    assert (queued, young.state) == ([forgotten.pk], "waiting")


@pytest.mark.django_db(transaction=True)
def test_an_attempt_that_was_found_lost_stores_nothing(
    project: Project, no_worker: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = start(project)
    find = queue.items.search.find

    def found_lost_meanwhile(**named: Any) -> int:
        Job.objects.filter(pk=job.pk).update(ended_at=timezone.now(), outcome=Job.Outcome.LOST)
        return find(**named)

    monkeypatch.setattr(queue.items.search, "find", found_lost_meanwhile)
    work(job)
    assert Query.objects.count() == 0


def test_sizes_are_made_however_many_images_there_are(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "BATCH", 2)
    items = [record(number, answer=[{"text": None, "image": f"{number}.png"}]) for number in range(1, 6)]
    load_now(project, items, {f"{n}.png": png(size=(n + 5, 9)) for n in range(1, 6)})
    assert again(queue.start(project=project, kind=Job.Kind.PREPARE_IMAGES)).report == {"images": 5, "missing": 0}
