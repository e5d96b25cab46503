import pytest
from django.test import Client

from annotation.models import Event, Project, Task
from tests.factories import judged, make_member, make_project, make_rubric, penalty, rubric_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project(overlap=1)
    judged(project, [[{"text": 4, "penalties": ["harm"]}], [None]], names=("ana",))
    return project


@pytest.fixture
def lea(project: Project, client: Client) -> Client:
    client.force_login(make_member(project, "lea", "manager"))
    return client


def test_the_page_says_what_a_move_would_do(lea: Client) -> None:
    assert "There is no later version" in lea.get("/projects/study/rubrics/").content.decode()
    make_rubric(criteria=[*rubric_file()["criteria"][:2], penalty(points=3)])
    page = lea.get("/projects/study/rubrics/").content.decode()
    for words in (
        "Move to small@2",
        "Scores are not comparable.",
        "1 response that nobody has begun moves at once.",
        "0 responses are begun and are finished with their version.",
        "1 response is done and stays with its version.",
        "1 of 1 overall would change.",
        "By -2.00 on average, by 2.00 at most.",
    ):
        assert words in page
    assert not Event.objects.filter(verb="rubric_moved").exists()


def test_a_post_moves_the_project(lea: Client) -> None:
    make_rubric(title="Next")
    answer = lea.post("/projects/study/rubrics/", {"rubric": "small@2"}, follow=True)
    assert "New and open responses are now judged with small@2." in answer.content.decode()
    assert list(Task.objects.order_by("pk").values_list("rubric__version", flat=True)) == [1, 2]
    assert [(row["rubric"].name, row["tasks"], row["is_current"]) for row in answer.context["used"]] == [
        ("small@2", 1, True),
        ("small@1", 1, False),
    ]


@pytest.mark.parametrize("rubric", ["small@1", "other", "", "\0"])
def test_a_move_that_cannot_be_is_refused_in_words(lea: Client, rubric: str) -> None:
    answer = lea.post("/projects/study/rubrics/", {"rubric": rubric})
    assert (answer.status_code, answer.context["fault"][:7]) == (400, "rubric:")
