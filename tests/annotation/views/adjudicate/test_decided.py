"""A decided case shows its earlier rounds and comments, and can be reopened with a reason."""

import pytest
from django.test import Client

from annotation.flow import adjudicate
from annotation.models import Project, User
from tests.annotation.flow.adjudicate.cases import settle, started
from tests.annotation.views.scoring_page import text
from tests.factories import judged

pytestmark = pytest.mark.django_db


def test_a_reopened_case_keeps_the_decision_of_the_round_before(page: Client, project: Project, ada: User) -> None:
    judged(project, [[1, 6, 4]])
    case = started(project, ada)
    settle(case, ada, {"text": 2})
    without = page.post(f"/adjudications/{case.pk}/reopen/", {"reason": " "})
    assert (without.status_code, without.context["faults"]) == (400, {"reason": "Say why you reopen it."})
    answer = page.post(f"/adjudications/{case.pk}/reopen/", {"reason": "Block 2 was overlooked."})
    assert (answer.status_code, answer["Location"]) == (302, "/projects/study/adjudication/")
    again = started(project, ada)
    assert (again.round, again.pk != case.pk) == (2, True)
    shown = page.get(f"/adjudications/{again.pk}/")
    [earlier] = shown.context["rounds"]
    assert earlier["reopening"] == "Block 2 was overlooked."
    assert earlier["decisions"] == [{"title": "Text", "answer": 2, "own": None, "cause": "slip", "reason": "a slip"}]
    assert "Reopened: Block 2 was overlooked." in text(page.get(f"/adjudications/{case.pk}/"))


def test_a_comment_is_shown_under_a_neutral_name(page: Client, project: Project, ada: User) -> None:
    judged(project, [[1, 6, 4]])
    case = started(project, ada)
    settle(case, ada, {"text": 2})
    empty = page.post(f"/adjudications/{case.pk}/comment/", {"text": ""})
    assert (empty.status_code, empty.context["faults"]) == (400, {"text": "Write a comment."})
    page.post(f"/adjudications/{case.pk}/comment/", {"text": "Level 3 was near."})
    adjudicate.comment(case=case.pk, by=User.objects.get(username="bo"), text="I saw two steps.")
    context = page.get(f"/adjudications/{case.pk}/").context
    [own, theirs] = context["comments"]
    assert (own.name, own.text, theirs.text) == ("You", "Level 3 was near.", "I saw two steps.")
    assert theirs.name in {"Annotator A", "Annotator B", "Annotator C"}
