"""Labels are those that the rule makes of one task at a time, in exact fractions."""

from fractions import Fraction
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotation.flow.labels import LEFT_OUT, CriterionValue, TaskLabel, count_labels, labels
from annotation.models import Project, Rules, Task
from tests.annotation.flow.labels.studies import (
    DEFAULT,
    EVERY_CASE,
    METHODS,
    RULES,
    TASK,
    Study,
    decided,
    label_by_hand,
    said,
    task,
)
from tests.factories import judged, make_project, make_rubric

pytestmark = pytest.mark.django_db


def plain(label: TaskLabel) -> dict[str, Any]:
    values = {key: (value.value if key != "harm" else value.applies, value.how) for key, value in label.criteria.items()}
    kept = {name: getattr(label, name) for name in ("left_out", "overall", "changed", "revised")}
    return kept | {"criteria": values}


@pytest.mark.parametrize("method", METHODS)
def test_labels_and_their_counts_are_what_the_rule_makes_of_each_task(method: str) -> None:
    study = Study(method)

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @example(tasks=EVERY_CASE, rule=DEFAULT)
    @example(tasks=EVERY_CASE, rule=DEFAULT | {"labels_from": "first", "cut_off": 4})
    @given(tasks=st.lists(TASK, max_size=5), rule=RULES)
    def check(tasks: list[dict[str, Any]], rule: dict[str, Any]) -> None:
        cache.clear()  # what is rolled back may have looked from outside as the next example does
        with transaction.atomic():
            Rules.objects.filter(project=study.project).update(**rule)
            study.fill(tasks)
            project = Project.objects.get(pk=study.project.pk)
            in_study = sorted(
                (str(number), label_by_hand(content, method, rule))
                for number, content in enumerate(tasks)
                if content["kind"] == "study" and not content["dropped"]
            )
            assert [(label.task.query, plain(label)) for label in labels(project)] == in_study
            reasons = [expected["left_out"] for _query, expected in in_study]
            assert count_labels(project) == {"labelled": reasons.count("")} | {name: reasons.count(name) for name in LEFT_OUT}
            transaction.set_rollback(True)

    check()


def test_labels_are_sorted_by_key_and_those_of_named_tasks_are_read_alone() -> None:
    make_rubric()
    project = make_project()
    tasks = judged(project, [[4, 4, 5], [2, 2, 2], [1, None, None]])
    assert [label.task.id for label in labels(project)] == [task.pk for task in tasks]
    [label] = labels(project, [tasks[0].pk])
    assert (label.overall, label.score, label.percent, label.how) == (Fraction(13, 3), 4, Fraction(650, 9), "agreed")
    assert label.criteria == {
        "text": CriterionValue(Fraction(13, 3), None, "agreed"),
        "images": CriterionValue(None, None, "agreed"),
        "harm": CriterionValue(None, False, "agreed"),
    }


def test_one_decided_criterion_makes_the_label_adjudicated() -> None:
    study = Study("weighted_mean")
    study.fill([task(said(1, 4), said(6, 4), rounds=[decided(text=3)])])
    [label] = labels(study.project, [Task.objects.get().pk])
    assert (label.overall, label.how) == (Fraction(7, 2), "adjudicated")
    assert {key: value.how for key, value in label.criteria.items()} == {
        "text": "adjudicated",
        "images": "agreed",
        "harm": "agreed",
    }
