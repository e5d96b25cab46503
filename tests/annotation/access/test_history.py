"""Managers see the whole history; an adjudicator the case's after deciding, without names; an annotator their own doings."""

import pytest
from django.utils import timezone

from annotation.access.history import response_history
from annotation.flow import adjudicate
from annotation.models import Adjudication, Membership, Project, Reopening, Task, User
from tests.annotation.flow.adjudicate.cases import make_disputed_project
from tests.annotation.flow.history.told import eventful, skipped
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db
NAMES = ("uma", "vic", "wei", "lea")


@pytest.fixture
def project() -> Project:
    return make_disputed_project()


def seen(task: Task, who: str) -> list[str]:
    membership = Membership.objects.get(project=task.project, user__username=who)
    [task] = Task.objects.with_history_for(membership.user).filter(pk=task.pk)
    return [line.text for line in response_history(task, membership)]


def test_a_manager_reads_everything_with_names(project: Project) -> None:
    assert seen(eventful(project), "lea") == [
        "The command line imported the response from items.json.",
        "uma claimed the response.",
        "uma submitted scores.",
        "vic claimed the response.",
        "vic submitted scores.",
        "wei claimed the response.",
        "wei submitted scores.",
        "uma flagged the response: unclear query.",
        "lea marked a flag as resolved: unclear query.",
        "lea returned the annotation of uma for revision.",
        "uma answered the return with revision 2.",
        "ada claimed the case.",
        "ada scored the case blind.",
        "ada decided the case.",
    ]


def test_an_adjudicator_reads_after_deciding_what_concerns_the_case_without_names(project: Project) -> None:
    task = eventful(project)
    texts = seen(task, "ada")
    lines = response_history(task, Membership.objects.get(project=project, user__username="ada"))
    assert sorted(text[:12] for text in texts[:3]) == [f"Annotator {letter} " for letter in "ABC"]
    assert [f"{text[:10]}x{text[11:]}" if text.startswith("Annotator") else text for text in texts[4:]] == [
        "Annotator x answered the return with revision 2.",
        "You claimed the case.",
        "You scored the case blind.",
        "You decided the case.",
    ]
    assert [name for name in (*NAMES, "system-a", "items.json", "Which year?") if name in repr(lines)] == []


def test_an_adjudicator_who_has_not_decided_reads_nothing(project: Project) -> None:
    task = eventful(project)
    bea = make_member(project, "bea", "adjudicator")
    assert list(Task.objects.with_history_for(bea)) == []
    other = make_project(slug="elsewhere", rubrics=["small"])
    assert list(Task.objects.with_history_for(make_member(other, "otto", "manager"))) == []
    assert Task.objects.with_history_for(make_member(project, "ada", "adjudicator")).get() == task


def test_an_adjudicator_who_found_it_unusable_before_the_reveal_reads_nothing(project: Project) -> None:
    [task] = judged(project, [[1, 1, 6]], names=("uma", "vic", "wei"))
    ada = make_member(project, "ada", "adjudicator")
    review = adjudicate.claim(project=project, by=ada)
    assert review
    adjudicate.mark_unusable(case=review.adjudication_id, by=ada, reason="The image is missing.")
    assert list(Task.objects.with_history_for(ada)) == []
    assert list(Task.objects.with_history_for(make_member(project, "lea", "manager"))) == [task]


def test_an_annotator_reads_what_they_did_themselves(project: Project) -> None:
    task = eventful(project)
    assert seen(task, "uma") == [
        "You claimed the response.",
        "You submitted scores.",
        "You flagged the response: unclear query.",
        "You answered the return with revision 2.",
    ]
    lines = response_history(task, Membership.objects.get(project=project, user__username="vic"))
    assert [line.text for line in lines] == ["You claimed the response.", "You submitted scores."]
    leaks = ("uma", "wei", "lea", "ada", "Better now.", "system-a", "a slip")
    assert [word for word in leaks if word in repr(lines)] == []


def test_what_an_annotator_skipped_is_theirs_to_read_and_nobody_elses(project: Project) -> None:
    eventful(project)
    task = skipped(project)
    assert seen(task, "ana") == ["You claimed the response.", "You skipped the response: other."]
    uma = Membership.objects.get(project=project, user__username="uma").user
    assert task not in Task.objects.with_history_for(uma)


def test_of_a_round_that_is_open_another_adjudicators_part_is_not_told(project: Project) -> None:
    task = eventful(project)
    reopen(project, task)
    bea = make_member(project, "bea", "adjudicator")
    review = adjudicate.claim(project=project, by=bea, task=task.pk)
    assert review
    asked = review.adjudication.decisions.values_list("criterion__key", flat=True)
    adjudicate.score_blind(case=review.adjudication_id, by=bea, answers={key: 5 if key == "text" else False for key in asked})
    assert [text for text in seen(task, "ada") if text.startswith("Another adjudicator")] == []
    assert "bea scored the case blind." in seen(task, "lea")


def reopen(project: Project, task: Task) -> None:
    case = Adjudication.objects.get(task=task)
    Reopening.objects.create(adjudication=case, by=User.objects.get(username="lea"), at=timezone.now(), reason="Look again.")
