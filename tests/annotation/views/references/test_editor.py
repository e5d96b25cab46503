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
    fault = "expected a whole JPEG, PNG, WebP or GIF image"
    assert re.findall(r"<li>(Block 1: .*?)</li>", answer.content.decode()) == [f"Block 1: {fault}"]
    assert re.findall(r'id="fault-0">(.*?)</p>', answer.content.decode()) == [fault]


def test_an_image_is_uploaded_alone_and_the_rest_of_the_form_stays_in_the_browser(client: Client, project: Project) -> None:
    answer = client.post(address(), {"do": "upload", "blocks": 3, "upload-2": SimpleUploadedFile("c.png", png())})
    [key] = re.findall(r'name="image-2" value="([^"]+)"', answer.content.decode())
    assert (answer.status_code, key) == (200, Image.objects.get().key)
    assert ReferenceRevision.objects.count() == 1


def chosen(answer: Any) -> dict[str, str]:
    """The level by the title of each criterion."""
    selects = re.findall(r"<label>([^<]+)\s<select name=\"profile-.*?</select>", answer.content.decode(), re.DOTALL)
    levels = [
        re.findall(r"<option selected>(.*?)</option>", one)
        for one in re.findall(r'<select name="profile-.*?</select>', answer.content.decode(), re.DOTALL)
    ]
    return {title.strip(): "".join(level) for title, level in zip(selects, levels, strict=True)}


def test_an_answer_has_a_level_by_each_criterion_if_wished(client: Client, project: Project) -> None:
    assert chosen(client.get(address())) == {"Text": "", "Images": ""}
    post(client, "save", "Better", **{"profile-text": "4", "profile-images": ""})
    assert ReferenceRevision.objects.get(number=2).profile == {"text": 4}
    page = client.get(address())
    assert chosen(page) == {"Text": "4", "Images": ""}
    assert re.findall(r"<li>Text <b>4</b></li>", page.content.decode()) == ["<li>Text <b>4</b></li>"]
    assert chosen(post(client, "add", "Better", **{"profile-text": "5"})) == {"Text": "5", "Images": ""}
    post(client, "save", "Better", based_on=2)
    assert ReferenceRevision.objects.get(number=3).profile is None


def test_a_level_by_a_criterion_that_is_none_is_named(client: Client, project: Project) -> None:
    answer = post(client, "save", "Better", **{"profile-text": "7", "profile-loud": "3"})
    assert answer.status_code == 400
    assert re.findall(r"<li>(.*?)</li>", answer.content.decode().split("Please check")[1])[:1] == [
        "Text: `7`: expected a level from 1 to 6"
    ]
    answer = post(client, "save", "Better", **{"profile-text": "x"})
    assert (answer.status_code, ReferenceRevision.objects.count()) == (400, 1)


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
