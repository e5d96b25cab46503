"""Somebody else approves a revision; whoever judged before is recorded."""

import pytest

from annotation.access.blind import newest_revisions, task_content
from annotation.errors import AlreadyDone, Refused
from annotation.flow.load.export import references_of
from annotation.flow.references import approve, write_answer
from annotation.models import EarlierReference, Event, Query, ReferenceRevision, Task, User
from tests.factories import block, claim_task, judge, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def query() -> Query:
    load(make_project(), [record(references={"3": [block("Middling")]}), record(model="system-b"), record(2)])
    return Query.objects.select_related("project").get(external_id="PBL-0001")


@pytest.fixture
def eva(query: Query) -> User:
    return make_member(query.project, "eva", "expert")


@pytest.fixture
def max(query: Query) -> User:
    return make_member(query.project, "max", "expert")


@pytest.fixture
def revision(query: Query, eva: User) -> ReferenceRevision:
    return write_answer(query=query, level=3, blocks=[block("Better")], by=eva)


def shown(query: Query) -> list[str]:
    return [revision.blocks[0]["text"] for revision in newest_revisions(query.pk)]


def test_everybody_reads_the_revision_once_somebody_else_has_approved_it(
    query: Query, revision: ReferenceRevision, max: User
) -> None:
    task = Task.objects.filter(response__query=query).first()
    assert task
    assert (shown(query), dict(references_of(query.pk, {}))["3"]["blocks"]) == (["Middling"], [block("Middling")])
    approved = approve(revision=revision, by=max)
    assert (approved.approved_by, approved.approved_at is not None) == (max, True)
    assert (shown(query), dict(references_of(query.pk, {}))["3"]["blocks"]) == (["Better"], [block("Better")])
    assert [one["text"] for one in task_content(task.pk)["references"]["3"]["blocks"]] == ["Better"]
    assert Event.objects.filter(verb="reference_approved").values_list("by__username", "data").get() == (
        "max",
        {"query": "PBL-0001", "level": 3, "revision": 2},
    )


def test_the_author_does_not_approve(revision: ReferenceRevision, eva: User) -> None:
    with pytest.raises(Refused, match="You wrote revision 2: somebody else approves it"):
        approve(revision=revision, by=eva)


def test_an_approval_happens_once(revision: ReferenceRevision, max: User) -> None:
    approve(revision=revision, by=max)
    with pytest.raises(AlreadyDone, match="Revision 2 is approved already"):
        approve(revision=revision, by=max)
    with pytest.raises(AlreadyDone, match="Revision 1 is approved already"):
        approve(revision=ReferenceRevision.objects.get(number=1), by=max)


def test_a_revision_that_was_overtaken_is_not_approved(query: Query, revision: ReferenceRevision, eva: User, max: User) -> None:
    approve(revision=write_answer(query=query, level=3, blocks=[block("Best")], by=eva), by=max)
    with pytest.raises(Refused, match="A later revision than 2 is approved already"):
        approve(revision=revision, by=max)
    assert shown(query) == ["Best"]


def test_who_had_judged_or_held_a_response_is_recorded(query: Query, revision: ReferenceRevision, max: User) -> None:
    ana, bo, chen = (make_member(query.project, name) for name in ("ana", "bo", "chen"))
    first, second = Task.objects.filter(response__query=query).order_by("response__system")
    other = Task.objects.get(response__query__external_id="PBL-0002")
    judge(first, ana)
    judge(other, ana)
    claim_task(second, bo)
    approve(revision=revision, by=max)
    judge(first, chen)  # who reads the new one
    rows = EarlierReference.objects.values_list("task", "annotator__username", "revision")
    assert list(rows) == [(first.pk, "ana", revision.pk), (second.pk, "bo", revision.pk)]
    assert EarlierReference.objects.levels(first.pk) == {ana.pk: [3]}
