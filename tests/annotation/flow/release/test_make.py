"""A release by a job: its files come into the storage whole, with its rows, or not at all."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError

from annotation.errors import Refused
from annotation.exporters import verify
from annotation.flow.jobs import queue
from annotation.flow.progress import Progress
from annotation.flow.release import Options, make, release
from annotation.models import Event, Job, Label, Project, Release, ReleaseFiles
from tests.annotation.flow.jobs.running import work
from tests.annotation.flow.release.stored import stored_release
from tests.factories import load, make_member, record

pytestmark = pytest.mark.django_db


def job_of(project: Project) -> Job:
    return Job.objects.create(project=project, kind=Job.Kind.RELEASE)


def silent(*_arguments: Any) -> None:
    pass


def stored() -> list[str]:
    """All files that releases have, or had while they were made."""
    root = Path(default_storage.path(""))
    return sorted(
        path.relative_to(root).as_posix()
        for part in ("making", "releases")
        for path in (root / part).rglob("*")
        if path.is_file()
    )


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_job_stores_the_files_that_the_command_writes(project: Project, tmp_path: Path) -> None:
    lea = make_member(project, "lea", "manager")
    made = stored_release(project, by=lea)
    folder = Path(default_storage.path(made.files.folder))
    release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    assert content(folder) == content(tmp_path / "out")
    assert made.files.sizes == {name: len(data) for name, data in content(folder).items()}
    assert verify(folder) == []
    assert (made.version, made.made_by, made.is_stored, made.is_retracted) == (1, lea, True, False)
    by_command = Release.objects.with_state().get(version=2)
    assert (by_command.is_stored, by_command.made_by) == (False, None)
    assert list(Event.objects.filter(verb="released").values_list("by", "data__version")) == [(lea.pk, 1), (None, 2)]


def test_the_job_reports_what_it_made(project: Project) -> None:
    job = queue.start_release(project=project, options=Options(check_size=1))
    job.refresh_from_db()
    assert (job.state, job.report) == ("done", {"release": 1, "released": 2, "split": {"train": 1, "check": 1, "test": 0}})


def test_the_manifest_says_what_was_asked_for_and_by_which_code(project: Project) -> None:
    load(project, [record(9, model="system-b")])
    options = Options(check_size=" 50.0 %", seed=3, hold_out=("system-b", "system-b"))
    manifest = stored_release(project, options=options).manifest
    asked = {name: manifest["options"][name] for name in ("check_size", "seed", "hold_out")}
    assert asked == {"check_size": "50%", "seed": 3, "hold_out": ["system-b"]}
    assert manifest["code_version"] == "0.1.0"


def test_an_option_that_no_worker_takes_is_refused_before_it_waits(project: Project) -> None:
    with pytest.raises(Refused, match=r"^seed: expected a whole number"):
        queue.start_release(project=project, options=Options(seed=2**63))
    assert Job.objects.count() == 0


def test_a_job_with_options_of_another_version_is_refused(project: Project) -> None:
    job = queue.start(project=project, kind=Job.Kind.RELEASE, options={"release": {"shuffle": True}})
    job.refresh_from_db()
    assert (job.state, "does not understand release={'shuffle': True}" in job.message) == ("refused", True)


def stops_at(phase: str, done: int, error: BaseException) -> Progress:
    def progress(at: str, of: int, _total: int) -> None:
        if (at, of) == (phase, done):
            raise error

    return progress


@pytest.mark.parametrize(
    "moment", [("computing", 0), ("writing", 0), ("writing", 1), ("storing", 0), ("storing", 3), ("ending", 1)]
)
def test_a_release_that_is_stopped_at_any_moment_leaves_nothing(project: Project, moment: tuple[str, int]) -> None:
    with pytest.raises(KeyboardInterrupt):
        make(job=job_of(project), options=Options(check_size=1), progress=stops_at(*moment, KeyboardInterrupt()))
    assert stored() == []
    assert (Release.objects.count(), Label.objects.count(), ReleaseFiles.objects.count()) == (0, 0, 0)
    assert stored_release(project).version == 1


@pytest.mark.django_db(transaction=True)
def test_somebody_who_cancels_is_heard_between_two_labels(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "SECONDS_BETWEEN_NOTES", 0)
    phases: list[tuple[str, int]] = []
    note = queue.ProgressReporter.note

    def noting(self: queue.ProgressReporter, phase: str, done: int, total: int) -> None:
        phases.append((phase, done))
        if (phase, done) == ("writing", 0):
            queue.cancel(job=self.job)
        note(self, phase, done, total)

    monkeypatch.setattr(queue.ProgressReporter, "note", noting)
    monkeypatch.setattr(queue, "run_later", lambda job: None)
    job = work(queue.start_release(project=project, options=Options(check_size=1)))
    assert (job.state, phases, stored(), Release.objects.count()) == ("cancelled", [("computing", 0), ("writing", 0)], [], 0)


@pytest.mark.django_db(transaction=True)
def test_a_release_tells_its_phases_and_how_many_labels_it_has_written(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "SECONDS_BETWEEN_NOTES", 0)
    monkeypatch.setattr(queue, "run_later", lambda job: None)
    job = queue.start_release(project=project, options=Options(check_size=1))
    phases: list[tuple[str, int, int]] = []
    note = queue.ProgressReporter.note

    def noting(self: queue.ProgressReporter, *progress: Any) -> None:
        note(self, *progress)
        phases.append(tuple(Job.objects.values_list("phase", "done", "total").get(pk=self.job.pk)))

    monkeypatch.setattr(queue.ProgressReporter, "note", noting)
    work(job)
    files = len(Release.objects.get().files.sizes)
    storing = [("storing", file, files) for file in range(files)]
    assert phases == [("computing", 0, 4), ("writing", 0, 2), ("writing", 1, 2), ("computing", 0, 2), *storing]


def test_a_database_that_fails_at_the_end_leaves_the_files_to_the_next_job(project: Project) -> None:
    """Whether it committed is not known then: the row says it, later."""
    job = job_of(project)
    with pytest.raises(OperationalError):
        make(job=job, options=Options(check_size=1), progress=stops_at("ending", 1, OperationalError("gone")))
    assert len({name.split("/")[1] for name in stored()}) == 1
    made = stored_release(project)
    assert {"/".join(name.split("/")[:2]) for name in stored()} == {made.files.folder}


def test_a_full_disk_is_told_and_nothing_is_left(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotation.exporters.folder import HashedFile

    written, write = [], HashedFile.write

    def full(self: HashedFile, data: bytes) -> int:
        written.append(data)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        return write(self, data)

    monkeypatch.setattr(HashedFile, "write", full)
    job = queue.start_release(project=project, options=Options(check_size=1))
    job.refresh_from_db()
    message = "the files of the release cannot be written: No space left on device"
    assert (job.state, job.message, stored(), Release.objects.count()) == ("refused", message, [], 0)
