from typing import Any

import pytest

from annotation.flow.judgements.other_rule import ChangedOveralls, overalls_by
from annotation.models import Project
from rubrics.models import Rubric
from tests.factories import criterion, judged, make_project, make_rubric, penalty, rubric_file

pytestmark = pytest.mark.django_db


def whole(**changes: Any) -> Rubric:
    return Rubric.objects.with_content().get(pk=make_rubric(**changes).pk)


@pytest.fixture
def project() -> Project:
    """Means 4, 4 and 2 (with the penalty 1); images are not applicable to the first."""
    project = make_project(overlap=1)
    judgement = {"text": 3, "images": 3, "penalties": ["harm"]}
    judged(project, [[{"text": 4}], [{"text": 4, "images": 4}], [judgement]], names=("ana",))
    return project


def compared(project: Project, new: Rubric) -> ChangedOveralls:
    return overalls_by(project, old=Rubric.objects.get(version=1), new=new)


def test_the_same_rule_changes_no_overall(project: Project) -> None:
    assert compared(project, whole(title="Words")) == ChangedOveralls(3, [], changed=0, lost=0)


def test_another_rule_changes_overalls_by_so_much(project: Project) -> None:
    text, images, _harm = rubric_file()["criteria"]
    assert compared(project, whole(criteria=[text, images, penalty(points=2)])) == ChangedOveralls(
        3, [], changed=1, lost=0, mean_change=-1.0, largest_change=1.0
    )
    assert compared(project, whole(overall={"method": "sum", "max": 12})) == ChangedOveralls(
        3, [], changed=2, lost=0, mean_change=3.5, largest_change=4.0
    )


def test_without_its_only_criterion_an_overall_is_lost(project: Project) -> None:
    _text, images, harm = rubric_file()["criteria"]
    assert compared(project, whole(criteria=[images, harm])) == ChangedOveralls(3, [], changed=0, lost=1)


def test_a_criterion_that_nobody_scored_leaves_no_overall_to_calculate(project: Project) -> None:
    assert compared(project, whole(criteria=[criterion(key="text"), criterion(key="new")])) == ChangedOveralls(3, ["new"])
    assert compared(project, whole(overall={"method": "holistic"})) == ChangedOveralls(3, ["overall"])


def test_without_judgements_there_is_nothing_to_compare() -> None:
    project = make_project()
    assert compared(project, whole(title="Words")) == ChangedOveralls(0, [])
