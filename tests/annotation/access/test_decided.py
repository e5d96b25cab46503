"""Annotators see decisions beside their own scores once their work is done, and nobody's name."""

from typing import Any

import pytest

from annotation.access.decided import decided, decided_cases
from annotation.flow import adjudicate, score
from annotation.flow.score import revise
from annotation.models import Adjudication, Assignment, Membership, Project
from tests.annotation.flow.adjudicate.cases import make_disputed_project
from tests.annotation.flow.history.told import decide, eventful
from tests.factories import body, judged, load, make_member, make_user, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_disputed_project()


def member(project: Project, name: str) -> Membership:
    return Membership.objects.get(project=project, user__username=name)


def seen(project: Project, name: str) -> list[Any]:
    membership = member(project, name)
    return list(decided(decided_cases(membership), membership))


def test_a_decision_stands_beside_the_own_score_that_counted(project: Project) -> None:
    eventful(project)
    case = Adjudication.objects.get()
    for name, text in (("wei", "I meant the picture."), ("ada", "The picture is of 1950."), ("lea", "Thank you both.")):
        adjudicate.comment(case=case.pk, by=make_user(name, password=None), text=text)
    [own] = seen(project, "uma")
    assert [tuple(row) for row in own.criteria] == [
        ("Text", "2", "3", "slip", "a slip"),
        ("Harm", "yes", "no", "slip", "a slip"),
    ]
    letter = {row.name for row in own.comments} - {"Adjudicator", "Manager"}
    assert [(row.name, row.text) for row in own.comments] == [
        (*letter, "I meant the picture."),
        ("Adjudicator", "The picture is of 1950."),
        ("Manager", "Thank you both."),
    ]
    assert letter < {"Annotator A", "Annotator B", "Annotator C"}
    [of_wei] = seen(project, "wei")
    assert (of_wei.criteria[0].own, of_wei.comments[0].name) == ("6", "You")


def test_nothing_is_seen_while_something_is_held_or_left(project: Project) -> None:
    eventful(project)
    assert len(seen(project, "uma")) == 1
    load(project, [record(2)])
    assert (seen(project, "uma"), seen(project, "wei")) == ([], [])  # something is left
    uma = make_user("uma", password=None)
    slot = score.claim(project=project, by=uma)
    assert slot
    Assignment.objects.filter(project=project, annotator=None).delete()
    assert (seen(project, "uma"), len(seen(project, "wei"))) == ([], 1)  # uma holds the last
    score.submit(assignment=slot.pk, by=uma, body=body(text=4))
    assert len(seen(project, "uma")) == 1


def test_nothing_is_seen_while_something_that_was_returned_is_not_revised(project: Project) -> None:
    eventful(project)
    slot = Assignment.objects.get(annotator__username="uma")
    revise.send_back(annotation=slot.annotation, by=make_user("lea", password=None), note="And step 3?")
    assert seen(project, "uma") == []
    revise.revise(assignment=slot.pk, by=make_user("uma", password=None), body=body(text=6))
    [own] = seen(project, "uma")
    assert own.criteria[0].own == "2"  # the score at the decision


def test_nobody_sees_decisions_on_what_they_did_not_score(project: Project) -> None:
    task = eventful(project)
    make_member(project, "dara")
    Assignment.objects.filter(task=task, annotator=None).delete()
    assert seen(project, "dara") == []


def test_a_second_decision_and_a_reopened_one_are_not_shown(project: Project) -> None:
    eventful(project)
    adjudicate.reopen(case=Adjudication.objects.get().pk, by=make_user("lea", password=None), reason="Look again.")
    assert seen(project, "uma") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(project: Project, rows: int, django_assert_num_queries: Any) -> None:
    tasks = judged(project, [[1, 1, 6]] * rows, names=("uma", "vic", "wei"))
    ada = make_member(project, "ada", "adjudicator")
    for task in tasks:
        decide(project, ada, task)
        for case in Adjudication.objects.filter(task=task):
            adjudicate.comment(case=case.pk, by=ada, text="See the guide.")
    membership = member(project, "uma")
    with django_assert_num_queries(16):
        assert len(list(decided(decided_cases(membership), membership))) == rows
