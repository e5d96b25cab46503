"""What a worker carries out: how it starts, reports progress, is stopped, tried again and given up."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from annotation.errors import AlreadyDone, Refused
from annotation.flow.jobs import queue, steps
from annotation.models import Event, Job, Project, Query
from tests.annotation.flow.jobs.running import again, start, uploads, work
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_job_waits_for_a_worker_and_is_carried_out_once(project: Project, no_worker: None) -> None:
    job = start(project)
    assert (job.state, len(uploads()), Query.objects.count()) == ("waiting", 1, 0)
    done = work(job)
    assert (done.state, done.report and done.report["queries"], uploads(), Query.objects.count()) == ("done", 2, [], 2)
    assert work(job).ended_at == done.ended_at


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
    load = steps.items.load_package

    def asked_in_between(**named: Any) -> Any:
        queue.cancel(job=again(job))
        return load(**named)

    monkeypatch.setattr(steps.items, "load_package", asked_in_between)
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

    monkeypatch.setitem(steps.STEPS, Job.Kind.LOAD_ITEMS, broken)
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


def test_a_job_speaks_the_language_of_who_asked(project: Project, no_worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with translation.override("zh-hans"):
        job = start(project)
    spoken: list[str | None] = []
    monkeypatch.setitem(steps.STEPS, Job.Kind.LOAD_ITEMS, lambda job, watch: spoken.append(translation.get_language()) or {})
    assert (work(job).state, spoken) == ("done", ["zh-hans"])


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
    find = steps.items.search.find

    def found_lost_meanwhile(**named: Any) -> Any:
        Job.objects.filter(pk=job.pk).update(ended_at=timezone.now(), outcome=Job.Outcome.LOST)
        return find(**named)

    monkeypatch.setattr(steps.items.search, "find", found_lost_meanwhile)
    work(job)
    assert Query.objects.count() == 0


@pytest.fixture
def database_queue(settings: Any) -> None:
    """Tasks wait in the database for a worker, as they do outside of tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def work_off() -> None:
    """Let a worker run all tasks that wait."""
    Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    ).run()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["annotation.flow.jobs.carry_out", "annotation.flow.jobs.queue.carry_out"])
def test_a_worker_carries_out_a_task_under_its_present_and_its_earlier_path(
    project: Project, database_queue: None, path: str
) -> None:
    job = start(project)
    assert DBTaskResult.objects.filter(args_kwargs={"args": [job.pk, 1], "kwargs": {}}).update(task_path=path) == 1
    work_off()
    assert (again(job).state, Query.objects.count(), DBTaskResult.objects.get().status) == ("done", 2, "SUCCESSFUL")


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_task_names_no_function_is_queued_again(project: Project, database_queue: None) -> None:
    job = start(project)
    DBTaskResult.objects.update(task_path="annotation.flow.jobs.gone")
    work_off()
    assert (again(job).state, DBTaskResult.objects.get().status) == ("waiting", "FAILED")
    Job.objects.filter(pk=job.pk).update(made_at=timezone.now() - timedelta(minutes=2))
    queue.queue_again()
    work_off()
    assert (again(job).state, Query.objects.count()) == ("done", 2)


def test_who_cancels_a_job_and_who_tries_it_again_is_recorded_once(project: Project, no_worker: None) -> None:
    job, lea = start(project), make_user("lea")
    queue.cancel(job=job, by=lea)
    with pytest.raises(AlreadyDone):
        queue.cancel(job=job, by=lea)
    queue.retry(job=again(job), by=lea)
    data = {"job": job.pk, "kind": "load_items", "file": job.file_name}
    assert list(Event.objects.filter(verb__startswith="job").values_list("verb", "by", "data")) == [
        ("job_cancelled", lea.pk, data),
        ("job_retried", lea.pk, data),
    ]
