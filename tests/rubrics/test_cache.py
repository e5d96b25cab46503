import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rubrics.cache import complete_rubric
from rubrics.models import Rubric
from rubrics.versioning import freeze
from tests.factories import make_rubric

pytestmark = pytest.mark.django_db


def queries(rubric: Rubric) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert [len(item.levels.all()) for item in complete_rubric(rubric).criteria.all()] == [6, 6, 0]
    return len(captured)


def test_a_frozen_rubric_is_read_once() -> None:
    rubric = make_rubric()
    freeze(rubric=rubric)
    rubric.refresh_from_db()
    assert [queries(rubric), queries(rubric)] == [3, 0]


def test_a_draft_is_read_each_time() -> None:
    rubric = make_rubric()
    assert [queries(rubric), queries(rubric)] == [3, 3]
