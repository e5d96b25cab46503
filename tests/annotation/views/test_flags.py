from html import unescape

import pytest
from django.test import Client

from annotation.flow import score
from annotation.flow.score import concerns, revise
from annotation.models import Annotation, Flag, Project, SentBack, User
from tests.factories import judged, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project()
    judged(project, [[4]], names=("ana",))
    make_member(project, "lea", "manager")
    return project


@pytest.fixture
def lea(project: Project, client: Client) -> User:
    user = User.objects.get(username="lea")
    client.force_login(user)
    return user


def raised(project: Project) -> Flag:
    load(project, [record(2)])
    ana = User.objects.get(username="ana")
    slot = score.claim(project=project, by=ana)
    assert slot
    return concerns.raise_flag(assignment=slot.pk, by=ana, kind="unclear_query", note="Which year <b>is</b> meant?")


def listed(client: Client, show: str = "open") -> str:
    return " ".join(client.get(f"/projects/study/flags/?show={show}").text.split())


def test_a_flag_is_listed_until_it_is_settled_and_then_under_who_settled_it(client: Client, project: Project, lea: User) -> None:
    flag = raised(project)
    before = listed(client)
    client.post(f"/flags/{flag.pk}/settle/")
    flag.refresh_from_db()
    assert "Which year &lt;b&gt;is&lt;/b&gt; meant?" in before
    assert "unclear query" in before
    assert flag.settled_by == lea
    assert "Which year" not in listed(client)
    assert "resolved by lea" in listed(client, "settled")


def test_a_flag_of_another_project_is_not_there(client: Client, project: Project) -> None:
    flag = raised(project)
    client.force_login(make_member(make_project(slug="elsewhere", rubrics=["small"]), "otto", "manager"))
    assert client.post(f"/flags/{flag.pk}/settle/").status_code == 404
    flag.refresh_from_db()
    assert flag.settled_at is None


def test_a_skip_is_listed_with_its_reason(client: Client, project: Project, lea: User) -> None:
    load(project, [record(2)])
    ana = User.objects.get(username="ana")
    slot = score.claim(project=project, by=ana)
    assert slot
    score.skip(assignment=slot.pk, by=ana, kind="broken_image", reason="Block 1 is grey.")
    text = listed(client, "skipped")
    assert ("broken image" in text, "Block 1 is grey." in text) == (True, True)


def test_an_annotation_is_sent_back_from_the_page_of_its_response(client: Client, project: Project, lea: User) -> None:
    annotation = Annotation.objects.get()
    answer = client.post(f"/annotations/{annotation.pk}/send-back/", {"note": "Look at step 2."}, follow=True)
    assert "Returned: the annotator sees it under My work." in unescape(answer.text)
    assert list(SentBack.objects.values_list("annotation", "note", "by")) == [(annotation.pk, "Look at step 2.", lea.pk)]


def test_without_a_note_nothing_is_sent_back_and_the_page_says_so(client: Client, project: Project, lea: User) -> None:
    annotation = Annotation.objects.get()
    answer = client.post(f"/annotations/{annotation.pk}/send-back/", {"note": " "}, follow=True)
    assert "note: required" in answer.text
    assert SentBack.objects.count() == 0


def test_the_page_of_a_response_shows_each_revision_with_its_marks(client: Client, project: Project, lea: User) -> None:
    ana = User.objects.get(username="ana")
    slot = Annotation.objects.get().assignment
    marks = {"notes": {"text": "Slip in step 2"}, "errors": [{"type": "complex-reasoning", "block": 1}]}
    body = {"scores": {"text": 2, "images": "na"}, "feedback": "Now I see it."} | marks
    revise.revise(assignment=slot.pk, by=ana, body=body)
    text = " ".join(client.get(f"/responses/{slot.task_id}/").text.split())
    said = ["First judgement", "Revision 2", "Slip in step 2", "Complex reasoning, block 1", "Now I see it."]
    assert [words for words in said if words in text] == said
