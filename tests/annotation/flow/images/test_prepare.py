"""The sizes of all images of a project, made in advance."""

import pytest
from django.core.files.storage import default_storage

from annotation.flow.images import prepare
from annotation.flow.images.prepare import prepare_images
from annotation.flow.images.renditions import original_name
from annotation.models import Project
from tests.factories import block, load, make_project, png, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    """With five images."""
    project = make_project()
    items = [record(number, answer=[block(None, f"{number}.png")]) for number in range(1, 6)]
    load(project, items, {f"{n}.png": png(size=(n + 5, 9)) for n in range(1, 6)})
    return project


def test_sizes_are_made_however_many_images_there_are(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "BATCH", 2)
    steps: list[tuple[str, int, int]] = []
    assert prepare_images(project=project, progress=lambda *step: steps.append(step)) == {"images": 5, "missing": 0}
    assert steps == [("preparing", number, 5) for number in range(1, 6)]
    assert all(default_storage.exists(f"shown/{image.sha256[:2]}/{image.sha256}.png") for image in project.images.all())


def test_an_image_without_its_original_is_counted_and_the_others_are_made(project: Project) -> None:
    lost = project.images.order_by("pk")[2]
    default_storage.delete(original_name(lost.sha256, lost.format))
    assert prepare_images(project=project) == {"images": 4, "missing": 1}
