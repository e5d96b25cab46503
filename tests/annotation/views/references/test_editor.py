"""A reference answer is written block by block; whatever was typed or uploaded stays until it is saved."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotation.flow.references import write_answer
from annotation.models import Image, Project, Query, ReferenceRevision
from tests.factories import block, load, make_member, make_project, png, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    load(project, [record(references={"3": [block("Middling")]})])
    client.force_login(make_member(project, "eva", "expert"))
    return project


def address(level: int = 3) -> str:
    return f"/projects/study/references/{Query.objects.get().pk}/{level}/"


def post(client: Client, do: str, *texts: str, based_on: int = 1, level: int = 3, **more: Any) -> Any:
    fields = {f"text-{place}": text for place, text in enumerate(texts)}
    return client.post(address(level), fields | {"do": do, "blocks": len(texts), "based_on": based_on} | more)


def typed(answer: Any) -> list[str]:
    return re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", answer.content.decode(), re.DOTALL)


def test_the_form_begins_with_the_newest_revision(client: Client, project: Project) -> None:
    assert typed(client.get(address())) == ["Middling"]
    assert typed(client.get(address(4))) == [""]


@pytest.mark.parametrize(
    ("do", "expected"),
    [
        ("add", ["a", "b", ""]),
        ("remove-0", ["b"]),
        ("up-1", ["b", "a"]),
        ("down-0", ["b", "a"]),
        ("down-1", ["a", "b"]),
        ("remove-7", ["a", "b"]),
        ("dance", ["a", "b"]),
    ],
)
def test_the_buttons_change_the_form_and_store_nothing(client: Client, project: Project, do: str, expected: list[str]) -> None:
    answer = post(client, do, "a", "b")
    assert (answer.status_code, typed(answer), ReferenceRevision.objects.count()) == (200, expected, 1)


def test_an_upload_stays_with_its_block_until_it_is_saved(client: Client, project: Project) -> None:
    answer = post(client, "up-1", "a", "b", **{"upload-1": SimpleUploadedFile("b.png", png())})
    [key] = re.findall(r'name="image-0" value="([^"]+)"', answer.content.decode())
    answer = post(client, "save", "b", "a", **{"image-0": key})
    assert (answer.status_code, answer["Location"]) == (302, address())
    revision = ReferenceRevision.objects.get(number=2)
    assert (revision.blocks, revision.made_by.username if revision.made_by else "") == (
        [block("b", Image.objects.get().sha256), block("a")],
        "eva",
    )


def test_what_is_no_image_is_refused_and_the_text_stays(client: Client, project: Project) -> None:
    answer = post(client, "save", "much work", **{"upload-0": SimpleUploadedFile("a.png", b"no image")})
    assert (answer.status_code, typed(answer), Image.objects.count()) == (400, ["much work"], 0)
    assert "upload-0: " in answer.content.decode()


def test_what_somebody_else_saved_meanwhile_is_told_and_then_saved_over(client: Client, project: Project) -> None:
    write_answer(query=Query.objects.get(), level=3, blocks=[block("By max")], by=make_member(project, "max", "expert"))
    answer = post(client, "save", "Mine")
    assert (answer.status_code, typed(answer)) == (400, ["Mine"])
    assert "Somebody else saved revision 2 meanwhile" in answer.content.decode()
    assert 'name="based_on" value="2"' in answer.content.decode()
    assert post(client, "save", "Mine", based_on=2).status_code == 302


@pytest.mark.parametrize("level", ["0", "7", "x", "-1"])
def test_a_level_that_the_scale_lacks_is_not_there(client: Client, project: Project, level: str) -> None:
    assert client.get(f"/projects/study/references/{Query.objects.get().pk}/{level}/").status_code == 404


def test_another_expert_approves_by_page(client: Client, project: Project) -> None:
    post(client, "save", "Better")
    page = client.get(address()).content.decode()
    assert "You wrote it: somebody else approves it." in page
    client.post(f"{address()}approve/", {"revision": 2})
    assert not ReferenceRevision.objects.get(number=2).is_approved
    client.force_login(make_member(project, "max", "expert"))
    assert "Approve revision 2" in client.get(address()).content.decode()
    answer = client.post(f"{address()}approve/", {"revision": 2}, follow=True)
    assert "Revision 2 is what annotators see now." in answer.content.decode()
    assert ReferenceRevision.objects.get(number=2).is_approved
    assert client.post(f"{address()}approve/", {"revision": "x"}).status_code == 400
    assert client.post(f"{address()}approve/", {"revision": 9}).status_code == 404
