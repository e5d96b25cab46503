"""Which uploaded images count as unused: those that nothing of the project names after a week."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.flow.images.unused import delete_unused
from annotation.flow.references import add_images, write_answer
from annotation.models import Image, Project, Query
from tests.factories import block, load, make_member, make_project, png, record

pytestmark = pytest.mark.django_db
COLOURS = ("red", "green", "blue", "black", "white", "gray")


@pytest.fixture
def project() -> Project:
    return make_project()


def upload(project: Project, *colours: str) -> dict[str, str]:
    """The key of each."""
    return add_images(project=project, images={colour: png(colour) for colour in colours})


def age(**time: int) -> None:
    Image.objects.exclude(uploaded_at=None).update(uploaded_at=timezone.now() - timedelta(**time))


def test_what_a_query_a_response_or_a_reference_answer_names_stays(project: Project) -> None:
    keys = upload(project, *COLOURS)
    files = {f"{colour}.png": png(colour) for colour in COLOURS}
    gt_answer = [block(None, "green.png")]
    asked = record(question=[block("See", "red.png")], answer=[block(None, "blue.png")], gt_answer=gt_answer)
    load(project, [asked | {"references": {"1": [block(None, "black.png")]}}], files)
    query = Query.objects.get()
    eva = make_member(project, "eva", "expert")
    write_answer(query=query, level=2, blocks=[block(None, keys["white"])], by=eva)
    write_answer(query=query, level=2, blocks=[block("Without it now")], by=eva)  # a former revision stays, and its image with it
    age(days=8)
    assert (delete_unused(dry_run=True), delete_unused()) == (1, 1)
    left = set(Image.objects.values_list("key", flat=True))
    assert left == {keys[colour] for colour in COLOURS if colour != "gray"}


def test_what_was_uploaded_within_the_week_stays(project: Project) -> None:
    upload(project, "red")
    age(days=6)
    assert (delete_unused(), Image.objects.count()) == (0, 1)
    age(days=8)
    upload(project, "red")  # again: the form that has it now may be saved
    assert (delete_unused(), Image.objects.count()) == (0, 1)


def test_what_came_with_a_file_stays_and_another_projects_use_is_none(project: Project) -> None:
    other = make_project(slug="other", rubrics=["small"])
    load(other, [record(answer=[block(None, "a.png")])], {"a.png": png("red")})
    Query.objects.update(blocks=[])
    upload(project, "red")
    age(days=8)
    assert (delete_unused(), list(Image.objects.values_list("project__slug", flat=True))) == (1, ["other"])
