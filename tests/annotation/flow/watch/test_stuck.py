"""What is stuck, by what it waits for: each kind has its own responses, and no other's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.flow import score
from annotation.flow.score import concerns
from annotation.flow.watch import count_stuck, stuck_tasks
from annotation.models import Assignment, Project
from tests.factories import claim_task, judge, make_member, make_project, responses

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    """Seven responses for two annotators, each in another state; another project that must not count."""
    project, other = make_project(overlap=2), make_project(slug="other", rubrics=["small"], overlap=2)
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    lapsed, skipped, flagged, lacking, disputed, done, _untouched = responses(project, 7)
    for user in (ana, bo):
        score.skip(assignment=claim_task(skipped, user).pk, by=user, kind="harmful", reason="")
        judge(done, user, text=4)
    judge(disputed, ana, text=1)
    judge(disputed, bo, text=6)
    judge(lacking, ana)
    slot = claim_task(flagged, bo)
    concerns.raise_flag(assignment=slot.pk, by=bo, kind="broken_image")
    score.submit(assignment=slot.pk, by=bo, body={"scores": {"text": 3, "images": "na"}, "penalties": []})
    claim_task(lapsed, bo)
    Assignment.objects.held().filter(project=project).update(lease_expires_at=timezone.now() - timedelta(minutes=1))
    [elsewhere] = responses(other, 1)
    make_member(other, "chen")
    claim_task(elsewhere, make_member(other, "dara"))
    return project


def test_each_response_is_counted_under_what_it_waits_for(project: Project) -> None:
    assert count_stuck(project) == {"expired": 1, "skipped_by_all": 1, "flagged": 1, "lacking": 2, "adjudication": 1}


@pytest.mark.parametrize(
    ("kind", "listed"),
    [
        ("expired", [("PBL-0001", 0, 2)]),
        ("skipped_by_all", [("PBL-0002", 0, 2)]),
        ("flagged", [("PBL-0003", 1, 2)]),
        ("lacking", [("PBL-0003", 1, 2), ("PBL-0004", 1, 2)]),
    ],
)
def test_the_list_behind_a_count_has_these_responses(project: Project, kind: str, listed: list[object]) -> None:
    tasks = stuck_tasks(project, kind)
    assert [(task.response.query.external_id, task.submitted, task.wanted) for task in tasks] == listed


def test_a_new_annotator_takes_away_that_nobody_is_left(project: Project) -> None:
    make_member(project, "emil")
    assert count_stuck(project)["skipped_by_all"] == 0
