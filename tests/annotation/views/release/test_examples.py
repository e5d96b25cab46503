"""Training examples stand on the page as a release would give them, each image in its place."""

import re

import pytest
from django.test import Client

from annotation.flow.release import Options
from annotation.flow.release.draft import read_draft
from annotation.flow.release.preview import preview_examples
from annotation.models import Image, Project, Task
from annotation.views.release.examples import shown_examples
from tests.factories import block, judge, load, make_member, make_project, png, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    """One response with images in query and answer, whose text looks like the mark of an image."""
    project = make_project()
    asked = record(
        question=[block("Before <image>", "a.png"), block("after")], answer=[block(None, "b.png"), block("<b>done</b>")]
    )
    load(project, [asked], {"a.png": png("red"), "b.png": png("blue")})
    for name in ("ana", "bo", "chen"):
        judge(Task.objects.get(), make_member(project, name), text=4, images=4)
    return project


def test_an_example_is_the_prompt_with_the_images_that_it_names(project: Project) -> None:
    draft = read_draft(project, Options(check_size=0))
    preview = preview_examples(draft)
    [shown] = shown_examples(draft, preview)
    [(_record, example)] = preview.examples
    assert (shown.query, shown.system, shown.split, shown.answer) == ("PBL-0001", "system-a", "train", example.answer)
    assert "<image>".join(piece.text for piece in shown.prompt) == example.prompt
    keys = {image.sha256: image.key for image in Image.objects.all()}
    blocks = [*Task.objects.get().response.query.blocks, *Task.objects.get().response.blocks]
    assert [image["image"] for image in shown.images] == [f"/media/{keys[one['image']]}" for one in blocks if one["image"]]


def test_the_page_shows_answer_prompt_and_images_and_runs_nothing_of_them(client: Client, project: Project) -> None:
    client.force_login(make_member(project, "lea", "manager"))
    page = client.post(
        "/projects/study/releases/new/", {"preview": "1", "check_size": "0", "template": "criteria"}
    ).content.decode()
    [example] = re.findall(r'<article class="example".*?</article>', page, re.DOTALL)
    assert "### Criteria\nText: 4\nImages: 4\nHarm: does not apply\n### Score\n4" in example
    assert ("&lt;b&gt;done&lt;/b&gt;" in example, "<b>done</b>" in example) == (True, False)
    assert len(set(re.findall(r'src="/media/([^"]+)"', example))) == 2
