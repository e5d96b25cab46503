import pytest

from rubrics.checks import BadRubric
from rubrics.models import Rubric
from rubrics.versioning import content_hash, content_of, freeze, load, redraft
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


def test_a_stored_rubric_has_the_content_that_it_was_loaded_from() -> None:
    criteria = rubric_file()["criteria"]
    criteria[0]["levels"][3]["example"] = "Half of it."
    content = parse(rubric_file(guidance="Read all.", criteria=criteria))
    assert content.criteria[0].examples == {3: "Half of it."}
    rubric, _created = load(content=content)
    assert content_of(rubric) == content
    assert content_hash(content_of(rubric)) == rubric.content_hash


def test_another_descriptor_goes_into_the_draft_or_begins_the_next_version() -> None:
    first = make_rubric()
    assert redraft(slug="small", criterion="text", level=2, descriptor="Half.") == first
    freeze(rubric=first)
    second = redraft(slug="small", criterion="text", level=3, descriptor="More than half.")
    names = [
        (rubric.version, rubric.content_hash == content_hash(content_of(rubric))) for rubric in Rubric.objects.order_by("version")
    ]
    assert names == [(1, True), (2, True)]
    texts = {level: label for level, (_name, label) in content_of(second).criteria[0].levels.items()}
    assert texts == {1: "text, level 1", 2: "Half.", 3: "More than half."} | {
        level: f"text, level {level}" for level in (4, 5, 6)
    }


@pytest.mark.parametrize(("slug", "criterion", "level"), [("other", "text", 1), ("small", "other", 1), ("small", "text", 7)])
def test_a_level_that_is_not_there_has_no_draft(slug: str, criterion: str, level: int) -> None:
    make_rubric()
    with pytest.raises(BadRubric, match=r"^The newest version of the rubric has no such level\.$"):
        redraft(slug=slug, criterion=criterion, level=level, descriptor="Half.")
