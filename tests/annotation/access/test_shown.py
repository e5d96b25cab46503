"""What shows a manager scores of a response, or who scored it, records that."""

import pytest
from django.db import transaction
from django.test import Client

from annotation.flow.jobs import queue
from annotation.flow.release import Options
from annotation.flow.score import concerns, revise
from annotation.models import Assignment, Project, ScoresShown, User
from tests.annotation.access.test_membership import ROLES, SAID, addresses, call
from tests.factories import body

pytestmark = pytest.mark.django_db
__all__ = ["addresses"]  # a fixture
# What shows a manager scores of a response, or who scored it: each records that.
SHOWS_SCORES = {
    "responses", "response", "response-history", "events", "flags", "disputes", "lesson-disputes", "lesson-descriptor",
    "release-labels", "release-compare", "release-download", "export-file",
    "api:response-history", "api:events", "api:adjudications", "api:release-labels", "api:release-compare",
    "api:release-download", "api:export", "scorer", "query", "api:query", "api:responses", "events-file", "api:events-file",
}  # fmt: skip


def test_what_shows_a_manager_scores_of_a_response_records_it(addresses: dict[str, str]) -> None:
    project, uma = Project.objects.get(slug="study"), User.objects.get(username="uma")
    queue.start_release(project=project, options=Options(check_size=0), by=lea())
    slot = Assignment.objects.get(annotator=uma, task__response__query__external_id="PBL-0002")
    revise.revise(assignment=slot.pk, by=uma, body=body(text=5))
    concerns.raise_flag(assignment=slot.pk, by=uma, kind="harmful")
    queue.start_release(project=project, options=Options(check_size=0), by=lea())
    for name in ("release-compare", "api:release-compare"):
        addresses[name] = addresses[name].replace("releases/1/", "releases/3/")
    addresses["lesson-descriptor"] = addresses["lesson-descriptor"].replace("level=3", "level=6")
    client, recorded, said = Client(), set(), set()
    client.force_login(lea())
    for name, (method, allowed) in ROLES.items():
        if method == "get" and "lea" in allowed:
            before = transaction.savepoint()
            answer = call(client, method, addresses[name])
            recorded |= {name} if ScoresShown.objects.filter(user=lea()).exists() else set()
            said |= {name} if not answer.streaming and SAID in answer.text else set()
            transaction.savepoint_rollback(before)
    assert (recorded, said - SHOWS_SCORES) == (SHOWS_SCORES, set())


def lea() -> User:
    return User.objects.get(username="lea")
