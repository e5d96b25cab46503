import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from annotation.flow.release import NotStored, Options, download, release, retract
from annotation.models import Download, Event, Project, Release
from tests.annotation.flow.release.stored import stored_release
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {item.compress_type for item in archive.infolist()} == {zipfile.ZIP_STORED}
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_download_holds_every_file_and_says_its_length_before(project: Project) -> None:
    made, lea = stored_release(project), make_member(project, "lea", "manager")
    archive = download(release=made, by=lea)
    content = b"".join(archive.chunks)
    folder = Path(default_storage.path(made.files.folder))
    assert (archive.name, archive.size, archive.retraction) == ("study-1.zip", len(content), None)
    assert members(content) == {f"study-1/{name}": (folder / name).read_bytes() for name in made.files.sizes}


def test_who_downloaded_it_is_recorded(project: Project) -> None:
    made, lea = stored_release(project), make_member(project, "lea", "manager")
    download(release=made, by=lea)
    assert list(Download.objects.values_list("release__version", "by__username")) == [(1, "lea")]
    assert list(Event.objects.filter(verb="downloaded").values_list("by", "data")) == [(lea.pk, {"version": 1})]


def test_the_download_of_a_retracted_release_says_why(project: Project) -> None:
    made, lea = stored_release(project), make_member(project, "lea", "manager")
    retraction = retract(release=made, reason="The images are wrong.")
    archive = download(release=Release.objects.with_state().get(), by=lea)
    content = b"".join(archive.chunks)
    notice = f"Release 1 of study was retracted on {retraction.at.date().isoformat()}: The images are wrong.\n"
    assert (archive.retraction, archive.size) == (retraction, len(content))
    assert members(content)["study-1/RETRACTED.txt"].decode() == notice
    assert len(members(content)) == len(made.files.sizes) + 1


def test_what_is_not_stored_cannot_be_downloaded(project: Project, tmp_path: Path) -> None:
    lea = make_member(project, "lea", "manager")
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    with pytest.raises(NotStored, match=r"^The files of release 1 are not stored here\.$"):
        download(release=made, by=lea)
    stored = stored_release(project)
    default_storage.delete(f"{stored.files.folder}/manifest.json")
    with pytest.raises(NotStored):
        download(release=stored, by=lea)
    assert Download.objects.count() == 0
