"""Neutral names: the same at every reading of a response, another order in each, and none moves when somebody is added."""

import hashlib
from string import ascii_uppercase

import pytest

from annotation.flow import adjudicate
from annotation.flow.adjudicate.letters import annotations_by_letter, letter, neutral_place, shown_revisions
from annotation.models import Adjudication, Project, Task, User
from tests.annotation.flow.adjudicate.cases import revised, scored_blind, settle, started, with_rules
from tests.factories import judge, judged, make_member


def usernames(case: Adjudication) -> list[str]:
    return [annotation.annotator.username for annotation in annotations_by_letter(case).values()]


@pytest.mark.django_db
def test_the_order_is_that_of_a_hash_with_the_projects_key_and_differs_between_responses(project: Project, ada: User) -> None:
    tasks = judged(project, [[1, 1, 6]] * 8)
    orders = set()
    for task in tasks:
        case = Adjudication(task=task)
        pks = {name: User.objects.get(username=name).pk for name in ("ana", "bo", "chen")}
        text = {name: f"{project.pseudonym_key}:{task.pk}:{pk}" for name, pk in pks.items()}
        assert usernames(case) == sorted(pks, key=lambda name: hashlib.sha256(text[name].encode()).hexdigest())
        orders.add(tuple(usernames(case)))
    assert len(orders) > 1
    assert neutral_place("a", 1, 2) != neutral_place("b", 1, 2)


@pytest.mark.django_db
def test_who_was_asked_after_the_dispute_comes_last(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = scored_blind(project, ada)
    before = usernames(case)
    dee = make_member(project, "dee")
    adjudicate.ask_further(case=case.pk, by=ada)
    judge(Task.objects.get(), dee, text=2)
    assert usernames(case) == [*before, "dee"]
    assert list(annotations_by_letter(case)) == ["A", "B", "C", "D"]


@pytest.mark.django_db
def test_what_is_shown_is_the_newest_revision_or_the_first_and_of_a_decided_case_what_it_was_then(
    project: Project, ada: User
) -> None:
    [task] = judged(project, [[1, 1, 6]])
    case = started(project, ada)
    revised(task, "ana", text=2)
    numbers = lambda case: sorted(revision.number for revision in shown_revisions(case).values())  # noqa: E731
    assert numbers(case) == [1, 1, 2]
    assert numbers(Adjudication(task=Task(pk=task.pk, project=with_rules(project, labels_from="first")))) == [1, 1, 1]
    project = with_rules(project, labels_from="newest")
    decided = settle(case, ada, {"text": 2})
    revised(task, "bo", text=2)
    assert numbers(Adjudication.objects.get(pk=decided.pk)) == [1, 1, 2]


def test_there_are_letters_for_any_number() -> None:
    assert [letter(place) for place in range(26)] == list(ascii_uppercase)
    assert [letter(place) for place in (26, 27, 51, 52)] == ["AA", "AB", "AZ", "BA"]
