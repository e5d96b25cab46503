import io
import logging
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from annotation.flow.images import renditions
from annotation.flow.images.renditions import NoOriginal, original_name, pieces, prepare, rendition, seen_copy, widths
from annotation.imaging.as_seen import as_seen
from annotation.imaging.inspect import examine
from annotation.imaging.render import render
from annotation.models import Image
from tests.factories import block, load, make_project, record
from tests.pictures import exif, picture, saved

pytestmark = pytest.mark.django_db


def stored(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def loaded(content: bytes) -> Image:
    load(make_project(), [record(1, answer=[block(None, "a.img")])], {"a.img": content})
    return Image.objects.get()


@pytest.fixture
def large() -> bytes:
    return saved(picture((1000, 600)), "PNG")


def test_a_load_stores_the_original_and_what_there_is_to_know_of_it(own_images: Path, large: bytes) -> None:
    image = loaded(large)
    columns = ("sha256", "format", "width", "height", "size", "difference_hash", "shown_otherwise")
    assert {name: getattr(image, name) for name in columns} == vars(examine(large))
    assert stored(own_images) == [original_name(image.sha256, "PNG")]
    assert (own_images / original_name(image.sha256, "PNG")).read_bytes() == large


def test_a_copy_is_made_when_it_is_first_asked_for_and_then_kept(own_images: Path, large: bytes, monkeypatch: Any) -> None:
    image = loaded(large)
    start = f"shown/{image.sha256[:2]}/{image.sha256}"
    wanted = {(): f"{start}.png", (480, "WEBP"): f"{start}-480.webp", (960, "JPEG"): f"{start}-960.jpg"}
    assert {asked: rendition(image, *asked) for asked in wanted} == wanted
    for asked, name in wanted.items():
        width, format = asked or (None, "PNG")
        assert (own_images / name).read_bytes() == render(large, width=width, format=format)
    assert stored(own_images) == sorted([original_name(image.sha256, "PNG"), *wanted.values()])
    monkeypatch.setattr(renditions, "render", None)
    assert {asked: rendition(image, *asked) for asked in wanted} == wanted


def test_all_copies_are_made_in_advance_reading_the_original_once(own_images: Path, large: bytes, monkeypatch: Any) -> None:
    image = loaded(large)
    reads: list[str] = []
    read = renditions.read_original
    monkeypatch.setattr(renditions, "read_original", lambda image: reads.append(image.sha256) or read(image))
    prepare(image)
    prepare(image)
    names = sorted(Path(name).name.removeprefix(image.sha256) for name in stored(own_images) if name.startswith("shown/"))
    assert (reads, names) == ([image.sha256], ["-480.jpg", "-480.webp", "-960.jpg", "-960.webp", ".png"])


@pytest.mark.parametrize(
    ("size", "expected"),
    [((480, 400), []), ((481, 400), [480]), ((2000, 10), [480, 960, 1920]), ((500, 30_000), []), ((1000, 30_000), [480])],
)
def test_there_are_copies_of_the_widths_below_the_pictures_own(size: tuple[int, int], expected: list[int]) -> None:
    assert widths(Image(width=size[0], height=size[1])) == expected


def test_a_missing_original_has_an_error_of_its_own(large: bytes, caplog: Any) -> None:
    image = loaded(large)
    default_storage.delete(original_name(image.sha256, "PNG"))
    with caplog.at_level(logging.ERROR), pytest.raises(NoOriginal, match="the image's original is missing or broken"):
        rendition(image)
    assert caplog.messages == [f"{original_name(image.sha256, 'PNG')} is not there"]


def test_a_broken_original_leaves_no_copy(own_images: Path, large: bytes, caplog: Any) -> None:
    image = loaded(large)
    (own_images / original_name(image.sha256, "PNG")).write_bytes(large[:500])
    with pytest.raises(NoOriginal):
        prepare(image)
    assert stored(own_images) == [original_name(image.sha256, "PNG")]
    assert caplog.messages == [f"{original_name(image.sha256, 'PNG')} cannot be read"]


def test_a_process_that_ends_while_it_writes_leaves_no_copy_under_its_name(
    own_images: Path, large: bytes, monkeypatch: Any
) -> None:
    image = loaded(large)

    def killed(_place: Path) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(renditions.os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            rendition(image)
    assert [name.split("/")[0] for name in stored(own_images)] == ["making", "originals"]
    assert (own_images / rendition(image)).read_bytes() == render(large, width=None, format="PNG")


def test_a_copy_is_whole_whenever_it_can_be_seen(own_images: Path, large: bytes) -> None:
    """Eight threads make the same copy, over and over; a ninth reads whatever is there."""
    place, expected = own_images / "shown" / "copy.png", render(large, width=None, format="PNG")
    seen, done = set(), threading.Event()

    def read() -> None:
        while not done.is_set():
            if place.exists():
                seen.add(place.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    writers = [
        threading.Thread(target=lambda: [renditions.write_whole("shown/copy.png", expected) for _ in range(20)]) for _ in range(8)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    done.set()
    reader.join()
    assert seen == {expected}
    assert stored(own_images) == ["shown/copy.png"]


def test_a_copy_can_be_read_by_a_web_server_of_the_group(own_images: Path, large: bytes) -> None:
    name = rendition(loaded(large))
    folders = [own_images / "shown", (own_images / name).parent]
    assert [oct(path.stat().st_mode & 0o777) for path in (*folders, own_images / name)] == ["0o710", "0o710", "0o640"]


def test_pieces_are_the_bytes_asked_for_and_no_more_is_read(monkeypatch: Any) -> None:
    default_storage.save("file", ContentFile(bytes(range(256)) * 1000))
    assert b"".join(pieces("file", 0, 256_000)) == bytes(range(256)) * 1000
    assert [len(piece) for piece in pieces("file", 10, 150_000)] == [65_536, 65_536, 18_918]
    assert b"".join(pieces("file", 255, 258)) == b"\xff\0\1"


def test_the_copies_of_two_projects_are_made_once(own_images: Path, large: bytes) -> None:
    for slug in ("one", "two"):
        load(make_project(slug=slug), [record(1, answer=[block(None, "a.png")])], {"a.png": large})
    assert len({rendition(image, 480, "WEBP") for image in Image.objects.all()}) == 1
    assert len(stored(own_images)) == 2
    assert Pillow.open(io.BytesIO((own_images / rendition(Image.objects.all()[0], 480, "WEBP")).read_bytes())).size == (480, 288)


def test_what_a_plain_reader_shows_as_pages_do_is_made_once_and_kept(own_images: Path, monkeypatch: Any) -> None:
    turned = saved(picture(), "JPEG", exif=exif(6))
    image = loaded(turned)
    name = f"shown/{image.sha256[:2]}/{image.sha256}-seen.png"
    assert (seen_copy(image), (own_images / name).read_bytes()) == (name, as_seen(turned))
    monkeypatch.setattr(renditions, "as_seen", None)
    assert seen_copy(image) == name


def test_an_image_that_nobody_looked_at_is_looked_at_when_asked(own_images: Path) -> None:
    image = loaded(saved(picture(), "JPEG", exif=exif(6)))
    assert renditions.why_otherwise(Image(sha256=image.sha256, format="JPEG")) == image.shown_otherwise == "turned"
    (own_images / original_name(image.sha256, "JPEG")).unlink()
    assert renditions.why_otherwise(image) == "turned"
    with pytest.raises(NoOriginal):
        renditions.why_otherwise(Image(sha256=image.sha256, format="JPEG"))
