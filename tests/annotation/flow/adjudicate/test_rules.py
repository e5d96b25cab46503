"""What rules would queue is what they queue once they are in force."""

from typing import Any

import pytest

from annotation.flow import adjudicate
from annotation.flow.adjudicate.rules import Preview, preview_rules, put_in_force
from annotation.flow.labels import count_labels
from annotation.flow.setup.rules import changed_rules
from annotation.models import Assignment, Event, Project, Rules
from tests.annotation.flow.adjudicate.cases import make_disputed_project, settle, started
from tests.factories import body, judged, load, make_member, make_project, make_rubric, record

pytestmark = pytest.mark.django_db
ASSUMED = {"exact": 0.4, "adjacent": 0.87}
# ranges of 4, of 2 and of 0; a penalty that one gave, images that one found applicable; one that is not judged by all
ROWS: list[list[Any]] = [
    [1, 5, 4],
    [3, 5, 4],
    [4, 4, 4],
    [4, 4, body(text=4, penalties=["harm"])],
    [4, 4, body(text=4, images=3)],
    [1, 6, None],
]


@pytest.fixture
def project() -> Project:
    project = make_disputed_project()
    judged(project, ROWS)
    return project


def preview(project: Project, **changes: Any) -> Preview:
    return preview_rules(project, changed_rules(project, changes), **ASSUMED)


def test_each_kind_is_counted_by_itself_and_a_response_once_in_all(project: Project) -> None:
    assert preview(project) == Preview(
        is_measured=True,
        responses=5,
        gap=1,
        cut_off=0,
        applicability=1,
        penalties=1,
        holistic=0,
        total=3,
        waiting=3,
        mixed_in=0,
    )


@pytest.mark.parametrize(
    ("changes", "total"),
    [
        ({"group_range": 2}, 4),
        ({"group_range": 5}, 2),
        ({"penalties": False, "applicability": False}, 1),
        ({"cut_off": 4}, 4),
        ({"pair_gap": 1}, 3),
        ({"labels_from": "first"}, 3),
    ],
)
def test_what_a_preview_counts_waits_once_it_is_saved(project: Project, changes: dict[str, Any], total: int) -> None:
    counted = preview(project, **changes)
    assert (counted.total, counted.waiting, count_labels(project)["disputed"]) == (total, total, 3)
    put_in_force(project=project, by=None, changes=changes)
    assert (count_labels(project)["disputed"], len(adjudicate.read_queue(project))) == (total, total)


def test_what_is_decided_stays_decided_unless_more_of_it_is_in_dispute(project: Project) -> None:
    ada = make_member(project, "ada", "adjudicator")
    queue = adjudicate.read_queue(project)
    for task, keys in zip(queue.tasks.tolist(), queue.criteria, strict=True):
        review = adjudicate.claim(project=project, by=ada, task=task)
        assert review
        settle(review.adjudication, ada, {key: False if key == "harm" else 3 if key == "text" else "na" for key in keys})
    now, lenient, strict = preview(project), preview(project, group_range=5), preview(project, group_range=2)
    assert [(item.total, item.decided, item.waiting) for item in (now, lenient, strict)] == [(3, 3, 0), (2, 2, 0), (4, 3, 1)]


def test_the_mixed_in_are_those_that_the_queue_then_has(project: Project) -> None:
    counted = preview(project, undisputed_share=1.0)
    assert (counted.mixed_in, counted.waiting) == (2, 3)
    put_in_force(project=project, by=None, changes={"undisputed_share": 1.0})
    assert len(adjudicate.read_queue(project)) == 5


def test_without_ratings_the_numbers_come_from_the_assumed_agreement() -> None:
    project = make_project()
    load(project, [record(number) for number in range(200)])
    counted = preview(project)
    assert (counted.is_measured, counted.responses, counted.applicability, counted.penalties) == (False, 200, None, None)
    assert (counted.gap, counted.cut_off, counted.total, counted.waiting) == (counted.total, 0, counted.total, counted.total)
    assert 0 < counted.total < preview(project, group_range=2).total < 200
    assert preview(project, cut_off=4).total > counted.total
    better = preview_rules(project, changed_rules(project, {}), exact=0.9, adjacent=1.0)
    assert better.total < counted.total


def test_before_anything_is_loaded_each_rubric_counts_for_a_thousand_responses() -> None:
    both = [make_rubric().name, make_rubric(slug="other", category="situational-analysis").name]
    assert preview(make_project(rubrics=both)).responses == 2000


def test_further_annotators_are_asked_once_the_rule_is_in_force(project: Project) -> None:
    make_member(project, "dora")
    put_in_force(project=project, by=None, changes={"further_annotator": True})
    asked = Assignment.objects.filter(project=project, reason="after_dispute")
    assert (asked.count(), Event.objects.filter(verb="further_asked").count()) == (3, 3)
    assert Rules.objects.get(project=project).further_annotator is True
    assert set(adjudicate.read_queue(project).states.tolist()) == {"further"}


def test_a_preview_stores_nothing(project: Project) -> None:
    before = Rules.objects.get(project=project).as_values(), Event.objects.count()
    preview(project, further_annotator=True, labels_from="first", group_range=1)
    assert (Rules.objects.get(project=project).as_values(), Event.objects.count()) == before
    assert project.rules.as_values() == before[0]


def test_a_case_in_hands_still_waits(project: Project) -> None:
    started(project, make_member(project, "ada", "adjudicator"))
    assert preview(project).waiting == 3
