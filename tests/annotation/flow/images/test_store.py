"""The images of a load: each is decoded and stored once, and leftovers are deleted. With processes: tests/test_loads.py."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from annotation.errors import Refused
from annotation.flow.images.renditions import original_name
from annotation.flow.images.store import ImageStore, files_in, sweep
from annotation.imaging.inspect import BadImage
from annotation.importers.archive import Package, open_package
from annotation.models import Image, Project
from tests.factories import make_project, png

pytestmark = pytest.mark.django_db


@pytest.fixture
def package(tmp_path: Path) -> Iterator[Package]:
    (tmp_path / "items.json").write_text("[]")
    for name, content in (("a.png", png("red")), ("copy.png", png("red")), ("b.png", png("blue")), ("bad.png", b"no image")):
        (tmp_path / name).write_bytes(content)
    with open_package(tmp_path / "items.json") as package:
        yield package


def looked_at(package: Package, *paths: str) -> ImageStore:
    images = ImageStore(package)
    with ThreadPoolExecutor(2) as pool:
        images.begin(paths, pool)
        for path in paths:
            images.look_at(path)
    return images


def store(images: ImageStore, project: Project, digests: set[str]) -> int:
    """Rows and files; returns how many rows."""
    rows = Image.objects.bulk_create(images.new_rows(project, digests))
    images.write()
    return len(rows)


def content_of(digest: str) -> bytes:
    with default_storage.open(original_name(digest, "PNG")) as file:
        return bytes(file.read())


def test_images_of_the_same_bytes_are_stored_once(package: Package) -> None:
    project = make_project()
    images = looked_at(package, "a.png", "copy.png", "b.png")
    red, copy, blue = (images.digest(path) for path in ("a.png", "copy.png", "b.png"))
    assert red == copy != blue
    assert [store(images, project, {red, blue}), store(images, project, {red, blue})] == [2, 0]
    images.done()
    assert [content_of(digest) for digest in (red, blue)] == [png("red"), png("blue")]
    assert set(Image.objects.values_list("sha256", flat=True)) == {red, blue}
    assert files_in("pending") == []


def test_an_image_that_is_none_raises_its_error_each_time(package: Package) -> None:
    images = looked_at(package, "bad.png", "none.png")
    messages = {"bad.png": "expected a whole JPEG, PNG, WebP or GIF image", "none.png": "there is no such file"}
    for path, message in messages.items():
        for _again in range(2):
            with pytest.raises(BadImage) as caught:
                images.digest(path)
            assert str(caught.value) == message


def test_an_image_that_changes_while_it_is_loaded_is_refused_and_undone(package: Package, tmp_path: Path) -> None:
    images = looked_at(package, "a.png")
    (tmp_path / "a.png").write_bytes(png("green"))
    with pytest.raises(Refused, match=r"^`a\.png` changed while it was read$"):
        store(images, make_project(), {images.digest("a.png")})
    images.undo()
    assert files_in("pending") == []
    assert not default_storage.exists(original_name(images.digest("a.png"), "PNG"))


def test_files_that_a_killed_load_has_listed_are_deleted_unless_they_have_a_row(package: Package) -> None:
    images = looked_at(package, "a.png", "b.png")
    red, blue = images.digest("a.png"), images.digest("b.png")
    store(images, make_project(), {red, blue})
    Image.objects.filter(sha256=blue).delete()
    default_storage.save("pending/other", ContentFile(f"originals/00/{'0' * 64}.png"))
    assert len(files_in("pending")) == 2
    assert sweep() == [original_name(blue, "PNG")]
    assert [default_storage.exists(original_name(digest, "PNG")) for digest in (red, blue)] == [True, False]
    assert files_in("pending") == []
