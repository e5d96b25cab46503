"""Which revision of a reference answer everybody reads, and which one waits."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from annotation.models import Query, ReferenceAnswer, ReferenceRevision
from tests.annotation.models.rows import NOW
from tests.factories import load, make_project, make_user, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer() -> ReferenceAnswer:
    load(make_project(), [record()])
    return ReferenceAnswer.objects.create(query=Query.objects.get(), level=3)


def revise(answer: ReferenceAnswer, number: int, **more: Any) -> ReferenceRevision:
    return ReferenceRevision.objects.create(answer=answer, number=number, blocks=[], **more)


def numbers(revisions: Any) -> list[int]:
    return list(revisions.order_by("number").values_list("number", flat=True))


def test_what_came_with_a_file_is_approved_and_what_a_person_wrote_is_not(answer: ReferenceAnswer) -> None:
    lea, eva = make_user("lea"), make_user("eva")
    assert not ReferenceAnswer.objects.shown().exists()
    revise(answer, 1, made_by=eva)
    assert not ReferenceAnswer.objects.shown().exists()
    revise(answer, 2)
    revise(answer, 3, made_by=eva, approved_by=lea, approved_at=NOW)
    revise(answer, 4, made_by=eva)
    assert numbers(ReferenceRevision.objects.approved()) == [2, 3]
    assert numbers(ReferenceRevision.objects.waiting()) == [4]  # 1 was overtaken
    assert list(ReferenceAnswer.objects.shown()) == [answer]


@pytest.mark.parametrize(
    "fields", [("approved_by",), ("approved_at",), ("made_by", "approved_at"), ("approved_by", "approved_at")]
)
def test_an_approval_has_a_time_a_person_and_an_author(answer: ReferenceAnswer, fields: tuple[str, ...]) -> None:
    values = {"made_by": make_user("eva"), "approved_by": make_user("lea"), "approved_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        revise(answer, 1, **{name: values[name] for name in fields})
    revise(answer, 1, **values)
