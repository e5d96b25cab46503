"""Annotators and adjudicator talk after the decision, and neither learns the other's name."""

import pytest

from annotation.errors import ValidationError
from annotation.flow import adjudicate
from annotation.flow.adjudicate.letters import annotations_by_letter
from annotation.models import Adjudication, Event, Project, User
from tests.annotation.flow.adjudicate.cases import settle, started
from tests.factories import judged, load, make_member, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(project: Project, ada: User) -> Adjudication:
    judged(project, [[1, 1, 6]], names=("uma-ann", "vic-ann", "wei-ann"))
    return started(project, ada)


def person(name: str) -> User:
    return User.objects.get(username=name)


def shown(case: Adjudication, viewer: User) -> list[tuple[str, bool, str]]:
    return [(comment.name, comment.own, comment.text) for comment in adjudicate.comments_of(case.pk, viewer)]


def test_each_side_reads_neutral_names(project: Project, ada: User, case: Adjudication) -> None:
    lea = make_member(project, "lea", "manager")
    settle(case, ada, {"text": 2})
    for by, text in ((person("uma-ann"), "Why 2?"), (ada, "See level 2."), (lea, "Agreed.")):
        adjudicate.comment(case=case.pk, by=by, text=text)
    [letter] = [name for name, of in annotations_by_letter(case).items() if of.annotator.username == "uma-ann"]
    names = {
        "uma-ann": ["You", "Adjudicator", "Manager"],
        "vic-ann": [f"Annotator {letter}", "Adjudicator", "Manager"],
        "ada": [f"Annotator {letter}", "You", "Manager"],
        "lea": [f"Annotator {letter}", "Adjudicator", "You"],
    }
    for name, expected in names.items():
        comments = shown(case, person(name))
        assert [comment[0] for comment in comments] == expected
        assert [comment[2] for comment in comments] == ["Why 2?", "See level 2.", "Agreed."]
        assert "-ann" not in str(comments)
        assert "ada" not in str(comments)
    assert Event.objects.filter(verb="commented").count() == 3


def test_before_the_decision_there_are_none(ada: User, case: Adjudication) -> None:
    for who in (ada, person("uma-ann")):
        with pytest.raises(Adjudication.DoesNotExist):
            adjudicate.comment(case=case.pk, by=who, text="Hm.")


def test_an_annotator_sees_them_once_all_their_own_work_is_done(project: Project, ada: User, case: Adjudication) -> None:
    settle(case, ada, {"text": 2})
    uma = person("uma-ann")
    assert shown(case, uma) == []
    load(project, [record(9)])
    with pytest.raises(Adjudication.DoesNotExist):
        adjudicate.comments_of(case.pk, uma)


def test_others_do_not_see_them(project: Project, ada: User, case: Adjudication) -> None:
    settle(case, ada, {"text": 2})
    for name, role in (("otto", "adjudicator"), ("dee", "annotator")):
        with pytest.raises(Adjudication.DoesNotExist):
            adjudicate.comments_of(case.pk, make_member(project, name, role))
    uma = person("uma-ann")
    uma.memberships.all().delete()
    with pytest.raises(Adjudication.DoesNotExist):
        adjudicate.comments_of(case.pk, uma)


def test_a_comment_says_something(ada: User, case: Adjudication) -> None:
    settle(case, ada, {"text": 2})
    with pytest.raises(ValidationError) as caught:
        adjudicate.comment(case=case.pk, by=ada, text=" ")
    assert caught.value.fields == {"text": "Write a comment."}
