"""Images in an S3-compatible store: a server of moto's, on this machine."""

import hashlib
import io
import json
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from moto.server import ThreadedMotoServer

from annotation.errors import Rejected
from annotation.exporters import verify
from annotation.flow.backup.contents import Contents
from annotation.flow.backup.files import changed_in_storage, copy_stored, put_stored_back
from annotation.flow.backup.manifest import Manifest
from annotation.flow.images.renditions import NoOriginal, original_name, pieces, prepare, rendition
from annotation.flow.jobs.cleanup import clean
from annotation.flow.progress import ENDING, silent
from annotation.flow.release import Options, download, make, release
from annotation.flow.release.storage import new_name
from annotation.imaging.render import render
from annotation.models import Image, Job, Project
from config.storage import image_storage
from tests.annotation.flow.release.stored import stored_release
from tests.factories import block, judge, load, make_member, make_project, record
from tests.installation import free_port
from tests.pictures import picture, saved

pytestmark = pytest.mark.django_db

CONTENT = saved(picture((700, 400)), "PNG")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    port = free_port()
    served = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    served.start()
    yield f"http://127.0.0.1:{port}"
    served.stop()


@pytest.fixture
def bucket(server: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The bucket of this test, which is where images are stored."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    made = boto3.resource("s3", endpoint_url=server, region_name="us-east-1").create_bucket(Bucket="pictures")
    settings.STORAGES = {**settings.STORAGES, "default": image_storage("pictures", server, "study/images", "")}
    yield made
    made.objects.all().delete()
    made.delete()


def names(bucket: Any) -> list[str]:
    return sorted(stored.key for stored in bucket.objects.all())


def loaded() -> Project:
    project = make_project(overlap=1)
    load(project, [record(1, answer=[block("see", "a.png")])], {"a.png": CONTENT})
    return project


def test_originals_and_copies_are_stored_under_the_prefix(bucket: Any, own_images: Path) -> None:
    loaded()
    image = Image.objects.get()
    prepare(image)
    shown = f"study/images/shown/{image.sha256[:2]}/{image.sha256}"
    original = f"study/images/{original_name(image.sha256, 'PNG')}"
    assert names(bucket) == [original, f"{shown}-480.jpg", f"{shown}-480.webp", f"{shown}.png"]
    assert bucket.Object(original).get()["Body"].read() == CONTENT
    assert bucket.Object(f"{shown}-480.webp").get()["Body"].read() == render(CONTENT, width=480, format="WEBP")
    assert not own_images.exists()


def test_a_missing_original_has_its_error_there_too(bucket: Any, caplog: Any) -> None:
    loaded()
    image = Image.objects.get()
    default_storage.delete(original_name(image.sha256, "PNG"))
    with pytest.raises(NoOriginal):
        rendition(image)
    assert names(bucket) == []


def test_the_view_serves_the_whole_and_parts(bucket: Any, client: Client) -> None:
    client.force_login(make_member(loaded(), "ana"))
    address = f"/media/{Image.objects.get().key}/480.webp"
    shown = render(CONTENT, width=480, format="WEBP")
    for asked, status, part in (("", 200, shown), ("bytes=10-19", 206, shown[10:20]), ("bytes=-5", 206, shown[-5:])):
        answer = client.get(address, headers={"Range": asked})
        assert (answer.status_code, b"".join(answer.streaming_content)) == (status, part)  # type: ignore[attr-defined]
        assert answer["Content-Length"] == str(len(part))
    behind = client.get(address, headers={"Range": f"bytes={len(shown)}-"})
    assert (behind.status_code, behind["Content-Range"]) == (416, f"bytes */{len(shown)}")
    assert client.get(f"{address[:-9]}/960.webp").status_code == 404


def test_no_more_is_fetched_than_the_part_asked_for(bucket: Any) -> None:
    loaded()
    name, asked = rendition(Image.objects.get()), []
    events = default_storage.bucket.meta.client.meta.events  # type: ignore[attr-defined]
    events.register("provide-client-params.s3.GetObject", lambda params, **_more: asked.append(params["Range"]))
    assert len(b"".join(pieces(name, 5, 15))) == 10
    assert asked == ["bytes=5-14"]


def test_a_release_holds_the_originals(bucket: Any, tmp_path: Path) -> None:
    project = loaded()
    judge(project.tasks.get(), make_member(project, "ana"), text=4, images=5)
    release(project=project, out=tmp_path / "out")
    image = Image.objects.get()
    assert (tmp_path / "out" / "images" / f"{image.sha256}.png").read_bytes() == CONTENT
    assert verify(tmp_path / "out") == []


@pytest.fixture
def labelled(bucket: Any, settings: Any, tmp_path: Path) -> Project:
    settings.DATA_DIR = tmp_path / "data"
    project = loaded()
    judge(project.tasks.get(), make_member(project, "ana"), text=4, images=5)
    return project


def test_a_release_is_stored_in_the_bucket_and_downloaded_from_it(labelled: Project, bucket: Any, tmp_path: Path) -> None:
    made = stored_release(labelled, options=Options(check_size=0))
    released = {name.removeprefix(f"study/images/{made.files.folder}/") for name in names(bucket) if "/releases/" in name}
    assert released == set(made.files.sizes)
    archive = download(release=made, by=make_member(labelled, "lea", "manager"))
    (tmp_path / "release.zip").write_bytes(b"".join(archive.chunks))
    assert (verify(tmp_path / "release.zip"), (tmp_path / "release.zip").stat().st_size) == ([], archive.size)
    assert list((tmp_path / "data" / "making").iterdir()) == []


def test_a_release_that_fails_leaves_nothing_in_the_bucket_and_what_a_killed_one_left_is_swept(
    labelled: Project, bucket: Any
) -> None:
    before = names(bucket)

    def fail(phase: str, _done: int, _total: int) -> None:
        if phase == ENDING:
            assert len(names(bucket)) > len(before)
            raise KeyboardInterrupt

    job = Job.objects.create(project=labelled, kind=Job.Kind.RELEASE)
    with pytest.raises(KeyboardInterrupt):
        make(job=job, options=Options(check_size=0), progress=fail)
    assert names(bucket) == before
    lost = f"releases/{new_name(job)}/images"
    default_storage.save(f"{lost}/a.png", ContentFile(b"half"))
    stored = stored_release(labelled, options=Options(check_size=0))
    assert [name for name in names(bucket) if name.startswith(f"study/images/{lost}")] == []
    assert stored.version == 1


def test_a_refused_load_leaves_nothing_and_what_a_killed_one_left_is_swept(bucket: Any) -> None:
    project = make_project(overlap=1)
    with pytest.raises(Rejected):
        load(project, [record(1, answer=[block("see", "a.png")]), record(2, sample="x")], {"a.png": CONTENT})
    assert names(bucket) == []
    lost = original_name("ab" * 32, "PNG")
    default_storage.save(lost, ContentFile(b"half"))
    default_storage.save("pending/killed-0", ContentFile(lost))
    load(project, [record(1, answer=[block("see", "a.png")])], {"a.png": CONTENT})
    assert names(bucket) == [f"study/images/{original_name(project.images.get().sha256, 'PNG')}"]


def test_an_upload_goes_through_the_bucket_to_the_worker(bucket: Any, client: Client) -> None:
    project = make_project(overlap=1)
    client.force_login(make_member(project, "lea", "manager"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("items.json", json.dumps([record(1, answer=[block("see", "a.png")])]))
        archive.writestr("a.png", CONTENT)
    answer = client.post("/api/v1/projects/study/items/", {"file": SimpleUploadedFile("items.zip", packed.getvalue())})
    assert client.get(f"/api/v1/jobs/{answer.json()['id']}/").json()["state"] == "done"
    sha = project.images.get().sha256
    copies = [f"study/images/shown/{sha[:2]}/{sha}{size}" for size in ("-480.jpg", "-480.webp", ".png")]
    assert names(bucket) == [f"study/images/{original_name(sha, 'PNG')}", *copies]


def test_clean_finds_what_nothing_stands_for(bucket: Any) -> None:
    loaded()
    default_storage.save("originals/ab/" + "ab" * 32 + ".png", ContentFile(b"x"))
    assert clean().files == ["originals/ab/" + "ab" * 32 + ".png"]
    assert len(names(bucket)) == 1


def test_a_backup_holds_the_files_of_the_bucket_and_fills_an_empty_one(bucket: Any, tmp_path: Path) -> None:
    digest = hashlib.sha256(CONTENT).hexdigest()
    name, lost = original_name(digest, "PNG"), original_name("0" * 64, "PNG")
    default_storage.save(name, ContentFile(CONTENT))
    named = Contents([], {}, [(digest, "PNG"), ("0" * 64, "PNG")], [], ["uploads/gone.json"])
    copied = copy_stored(named, tmp_path, None, silent)
    assert (copied.files, copied.missing) == ({f"stored/{name}": digest}, [lost])
    manifest = Manifest("sqlite", "", "", [], {}, True, copied.files)
    bucket.objects.all().delete()
    assert list(changed_in_storage(manifest)) == [name]
    assert put_stored_back(tmp_path, manifest, silent) == 1
    assert [key.key for key in bucket.objects.all()] == [f"study/images/{name}"]
    assert list(changed_in_storage(manifest)) == []
