"""What annotators did: scores that were imported, what a revision changed, a lease that ran out."""

from typing import Any

import pytest
from django.utils import timezone

from annotation.flow import score
from annotation.flow.history import history_of
from annotation.models import Assignment, Project, SentBack
from tests.annotation.flow.history.told import eventful, told
from tests.annotation.flow.score.test_claims import lapse
from tests.factories import make_member, responses

pytestmark = pytest.mark.django_db


def details(project: Project, what: str) -> list[dict[str, Any]]:
    return [happening.details for task in project.tasks.all() for happening in history_of(task) if happening.what == what]


def test_a_submission_has_its_scores_and_a_revision_what_it_changed(project: Project) -> None:
    eventful(project)
    assert details(project, "submitted")[0] == {
        "revision": 1,
        "looks": 0,
        "imported": False,
        "scores": [{"key": "text", "title": "Text", "answer": 1}, {"key": "images", "title": "Images", "answer": "na"}],
    }
    assert details(project, "revised") == [
        {
            "revision": 2,
            "looks": 0,
            "answers_return": True,
            "changes": [
                {"key": "text", "title": "Text", "from": 1, "to": 2},
                {"key": "harm", "title": "Harm", "from": False, "to": True},
                {"key": "feedback", "title": "Feedback", "from": "", "to": "Better now."},
            ],
        }
    ]
    assert SentBack.objects.get().answer


def test_a_lapse_says_whose_lease_ran_out_and_keeps_the_claim(project: Project) -> None:
    [task] = responses(project)
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    Assignment.objects.filter(task=task, number__gt=1).delete()
    slot = score.claim(project=project, by=ana)
    assert slot
    lapse(slot)
    score.claim(project=project, by=bo)
    assert sorted(told(task)[1:], key=str) == [
        ("claimed", "ana", None),
        ("claimed", "bo", None),
        ("lease_lapsed", "bo", "ana"),
    ]


def test_what_was_imported_was_never_claimed(project: Project) -> None:
    [task] = responses(project)
    now, ana = timezone.now(), make_member(project, "ana")
    Assignment.objects.filter(task=task, number=1).update(annotator=ana, claimed_at=now, submitted_at=now)
    assert told(task) == [("items_loaded", None, None)]
