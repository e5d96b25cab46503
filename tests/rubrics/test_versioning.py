import pytest

from rubrics.models import Rubric
from rubrics.versioning import content_hash, freeze, load
from rubrics.yaml import parse
from tests.factories import make_rubric, rubric_file

pytestmark = pytest.mark.django_db


def test_the_same_content_again_is_the_newest_version() -> None:
    content = parse(rubric_file())
    first, created = load(content=content)
    assert (created, first.content_hash) == (True, content_hash(content))
    assert load(content=content) == (first, False)


def test_changed_content_is_the_next_version_and_the_frozen_one_stays() -> None:
    first = make_rubric()
    freeze(rubric=first)
    second = make_rubric(title="Other")
    assert list(Rubric.objects.order_by("version").values_list("version", "title")) == [(1, "Small"), (2, "Other")]
    assert first.content_hash != second.content_hash
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.frozen_at is not None, second.frozen_at) == (True, None)
