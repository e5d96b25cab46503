"""Who may draft, and what a draft begins with."""

import pytest

from annotation.errors import Refused
from annotation.flow.lessons.descriptor import draft_descriptor, draft_of, level_of
from annotation.models import Event, User
from rubrics.models import Level, Rubric
from tests.annotation.flow.lessons.studies import make_study
from tests.factories import criterion, make_rubric

pytestmark = pytest.mark.django_db


def test_nobody_but_a_manager_of_the_project_drafts() -> None:
    project, _tasks = make_study()
    level = level_of(project, "small@1", "text", 3)
    for name in ("ada", "ana"):
        with pytest.raises(Refused, match=r"^Only managers of the project draft a rubric\.$"):
            draft_descriptor(project=project, by=User.objects.get(username=name), level=level, descriptor="Other.")
    assert Rubric.objects.count() == 1


def test_the_draft_of_a_level_is_in_the_newest_version_as_long_as_that_is_not_frozen() -> None:
    project, _tasks = make_study()
    level = level_of(project, "small@1", "text", 3)
    assert draft_of(level) is None
    rubric = draft_descriptor(project=project, by=User.objects.get(username="lea"), level=level, descriptor="Other.")
    draft = draft_of(level)
    assert draft is not None
    assert (draft.criterion.rubric, draft.value, draft.descriptor) == (rubric, 3, "Other.")


def test_the_log_says_who_drafted_what_and_from_what() -> None:
    project, _tasks = make_study()
    lea = User.objects.get(username="lea")
    level = level_of(project, "small@1", "text", 3)
    for descriptor in (level.descriptor, "Other.", "Other. ", "A third."):  # the first and the third change nothing
        draft_descriptor(project=project, by=lea, level=level, descriptor=descriptor)
    of_level = {"rubric": "small@2", "criterion": "text", "level": 3}
    drafted = Event.objects.filter(project=project, verb="descriptor_drafted").order_by("pk")
    assert list(drafted.values_list("by__username", "data")) == [
        ("lea", of_level | {"descriptor": [level.descriptor, "Other."]}),
        ("lea", of_level | {"descriptor": ["Other.", "A third."]}),
    ]


def test_a_level_that_the_newest_version_lacks_cannot_be_drafted() -> None:
    project, _tasks = make_study()
    make_rubric(criteria=[criterion(key="other")])
    level = level_of(project, "small@1", "text", 3)
    with pytest.raises(Refused, match=r"^The newest version of the rubric has no such level\.$"):
        draft_descriptor(project=project, by=User.objects.get(username="lea"), level=level, descriptor="Other.")
    assert draft_of(level) is None


def test_a_level_of_no_rubric_of_the_project_does_not_exist() -> None:
    project, _tasks = make_study()
    make_rubric(slug="large")
    for rubric in ("large@1", "small@2", "small", "small@x", "small@99999999999999999999"):
        with pytest.raises(Level.DoesNotExist):
            level_of(project, rubric, "text", 3)
