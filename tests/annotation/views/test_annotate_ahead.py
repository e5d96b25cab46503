"""The images of the response that comes next are named ahead, and pages cost as many queries whatever their images."""

import re
from typing import Any

import pytest
from django.test import Client

from annotation.flow import score
from annotation.models import Assignment, Project, User
from tests.annotation.views.scoring_page import held, text
from tests.factories import block, load, make_member, make_project, png, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project(overlap=2)


@pytest.fixture
def ana(project: Project, client: Client) -> User:
    user = make_member(project, "ana")
    client.force_login(user)
    return user


@pytest.fixture
def two_with_pictures(project: Project) -> None:
    pictures = {f"{name}.png": png(name, size=(500, 4)) for name in ("red", "blue")}
    items = [
        record(number, question=[block("SECRET-QUESTION", image)], answer=[block("SECRET-ANSWER"), block(None, image)])
        for number, image in ((1, "red.png"), (2, "blue.png"))
    ]
    load(project, items, pictures)


@pytest.mark.usefixtures("two_with_pictures")
def test_ahead_tells_image_addresses_of_the_next_response_and_nothing_else(project: Project, ana: User, client: Client) -> None:
    slot = held(project, ana)
    before = list(Assignment.objects.order_by("pk").values())
    answer = client.get(f"/assignments/{slot.pk}/ahead/")
    assert (answer.status_code, list(Assignment.objects.order_by("pk").values())) == (200, before)
    content = answer.content.decode()
    after = score.ahead(project=project, by=ana)
    assert after
    key = project.images.get(sha256=after.task.response.blocks[1]["image"]).key
    assert set(re.findall(r"/media/([^/\"? ]+)", content)) == {key}
    assert set(re.findall(r"[\w-]+", text(answer))) <= {"1", "2"}
    for hidden in ("SECRET", "PBL", "system-a", f"/assignments/{after.pk}/"):
        assert hidden not in content
    score.submit(assignment=slot.pk, by=ana, body={"scores": {"text": 4, "images": 4}})
    assert held(project, ana).pk == after.pk
    shown = set(re.findall(r"/media/[^\"? ,]+", client.get(f"/assignments/{after.pk}/").content.decode()))
    assert set(re.findall(r"/media/[^\"? ,]+", content)) == shown
    assert client.get(f"/assignments/{after.pk}/ahead/").content.strip() == b""


@pytest.mark.parametrize("pictures", [1, 3])
def test_the_pages_cost_as_many_queries_with_three_pictures_as_with_one(
    project: Project, ana: User, client: Client, pictures: int, django_assert_num_queries: Any
) -> None:
    images = {f"{number}.png": png(size=(8, 6 + number)) for number in range(pictures)}
    answer = [block("See", name) for name in images]
    load(project, [record(number, answer=answer) for number in (1, 2)], images)
    slot = held(project, ana)
    with django_assert_num_queries(10):
        client.get(f"/assignments/{slot.pk}/")
    with django_assert_num_queries(6):
        client.get(f"/assignments/{slot.pk}/ahead/")
    notes = [{"part": "response", "block": number + 1, "text": "See."} for number in range(pictures)]
    said = {"scores": {"text": 4, "images": 4}, "block_notes": notes, "penalties": ["harm"]}
    score.submit(assignment=slot.pk, by=ana, body=said)
    with django_assert_num_queries(10):
        client.get(f"/assignments/{slot.pk}/")
    with django_assert_num_queries(15):
        client.get(f"/assignments/{slot.pk}/revise/")
