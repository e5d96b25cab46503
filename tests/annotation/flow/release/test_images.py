"""The names and bytes of images in a release."""

import hashlib
from pathlib import Path

import pytest

from annotation.errors import Refused
from annotation.exporters import SeenImage
from annotation.flow.release import Options, release
from annotation.flow.release.images import ReleasedImage, ReleaseImages, read_original, released_alike
from annotation.imaging.as_seen import as_seen
from annotation.models import Image, PossibleDuplicate, Project, Task
from tests.factories import block, judge, load, make_member, make_project, png, record
from tests.pictures import exif, picture, saved

pytestmark = pytest.mark.django_db

PLAIN, TURNED = png(), saved(picture(), "JPEG", exif=exif(6))
CLEAR = saved(picture(mode="RGBA").rotate(45), "PNG")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def loaded(**contents: bytes) -> Project:
    project = make_project()
    load(project, [record(1, answer=[block(None, name) for name in contents])], contents)
    return project


def test_an_image_that_plain_readers_show_as_pages_do_keeps_name_and_bytes() -> None:
    images = ReleaseImages(loaded(a=PLAIN))
    name = images.name(sha256(PLAIN))
    assert (name, images.read(name), images.seen([name])) == (f"{sha256(PLAIN)}.png", PLAIN, [])


def test_any_other_image_is_released_as_it_was_seen_by_the_hash_of_what_is_released() -> None:
    images = ReleaseImages(loaded(a=PLAIN, b=TURNED, c=CLEAR))
    images.look_at([sha256(PLAIN), sha256(TURNED), sha256(CLEAR)])
    turned, clear = f"{sha256(as_seen(TURNED))}.png", f"{sha256(as_seen(CLEAR))}.png"
    assert (images.name(sha256(TURNED)), images.name(sha256(CLEAR))) == (turned, clear)
    assert (images.read(turned), images.read(clear)) == (as_seen(TURNED), as_seen(CLEAR))
    names = [turned, f"{sha256(PLAIN)}.png"]
    assert images.seen(names) == [SeenImage(turned, f"{sha256(TURNED)}.jpg", ("turned",))]
    assert read_original(f"{sha256(TURNED)}.jpg") == TURNED


def test_originals_that_were_seen_alike_are_one_image_of_the_release() -> None:
    again = saved(picture(), "JPEG", exif=exif(6), comment=b"another file")
    images = ReleaseImages(loaded(a=TURNED, b=again))
    names = {images.name(sha256(content)) for content in (TURNED, again)}
    assert names == {f"{sha256(as_seen(TURNED))}.png"}
    assert [image.original for image in images.seen(names)] == sorted(f"{sha256(one)}.jpg" for one in (TURNED, again))


def test_originals_that_are_released_as_one_image_are_known_to_be_alike() -> None:
    again, released = saved(picture(), "JPEG", exif=exif(6), comment=b"another file"), as_seen(TURNED)
    other = saved(picture().rotate(180), "JPEG", exif=exif(6))
    project = loaded(a=TURNED, b=again, c=released, d=CLEAR, e=PLAIN, f=other)
    least = min(sha256(content) for content in (TURNED, again, released))
    assert {digest: one for digest, one in released_alike(project).items() if digest != one} == {
        digest: least for digest in map(sha256, (TURNED, again, released)) if digest != least
    }


def test_queries_whose_images_were_seen_alike_are_in_one_split(tmp_path: Path) -> None:
    again = saved(picture(), "JPEG", exif=exif(6), comment=b"another file")
    project = make_project(overlap=1)
    load(project, [record(1, answer=[block("A", "a")]), record(2, question=[block("B", "b")])], {"a": TURNED, "b": again})
    PossibleDuplicate.objects.all().delete()
    for task in Task.objects.filter(project=project):
        judge(task, make_member(project, "ana"), text=4, images=4 if task.response.blocks[0]["image"] else "na")
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    assert made.manifest["split"] == {"train": 2, "check": 0, "test": 0}


def test_what_stands_in_a_row_is_not_read_again(own_images: Path) -> None:
    project = loaded(a=PLAIN, b=TURNED)
    for file in (own_images / "originals").rglob("*.png"):
        file.unlink()
    assert ReleaseImages(project).by_digest == {
        sha256(PLAIN): ReleasedImage(
            f"{sha256(PLAIN)}.png", f"{sha256(PLAIN)}.png", f"originals/{sha256(PLAIN)[:2]}/{sha256(PLAIN)}.png"
        )
    }


def test_an_image_that_nobody_looked_at_is_looked_at_now() -> None:
    project = loaded(a=PLAIN, b=TURNED)
    Image.objects.update(shown_otherwise="")
    images = ReleaseImages(project)
    assert images.name(sha256(PLAIN)) == f"{sha256(PLAIN)}.png"
    assert images.name(sha256(TURNED)) == f"{sha256(as_seen(TURNED))}.png"


def test_an_original_that_cannot_be_read_is_named(own_images: Path) -> None:
    project = loaded(a=PLAIN, b=TURNED)
    for file in (own_images / "originals").rglob("*.*"):
        file.unlink()
    images = ReleaseImages(project)
    with pytest.raises(
        Refused, match=f"^image {sha256(TURNED)}.jpg: its original cannot be read: the image's original is missing"
    ):
        images.look_at([sha256(TURNED)])
    with pytest.raises(Refused, match=f"^image {sha256(PLAIN)}.png: its original cannot be read: .*No such file"):
        images.read(images.name(sha256(PLAIN)))
    with pytest.raises(Refused, match=r"^image x.jpg: its original cannot be read"):
        read_original("x.jpg")
