"""The report is the statistics of first, independent judgements: by rubric and criterion, with intervals or reasons."""

import json
from typing import Any

import numpy as np
import pytest

from annotation.agreement import Resamples, alpha
from annotation.errors import Refused
from annotation.flow.agree import agreement_report
from annotation.flow.agree.report import read_resamples
from annotation.models import Project, Task
from tests.factories import judge, judged, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


def rows_of(project: Project, **options: Any) -> dict[str, dict[str, Any]]:
    [group] = agreement_report(project, **options)["groups"]
    return {row["criterion"]: row for row in group["criteria"]}


def test_without_resamples_no_figure_has_an_interval() -> None:
    project = make_project(overlap=2)
    judged(project, [[1, 2], [3, 3], [6, 5]], names=("ana", "bo"))
    assert "interval" not in json.dumps(agreement_report(project, resamples=None)).replace('"level": "interval"', "")
    assert set(rows_of(project, resamples=None)["text"]["alpha"]) == {"level", "value", "n", "reason"}


def test_intervals_are_clustered_by_query_and_resampled_by_number_and_seed() -> None:
    project = make_project(overlap=2)
    ratings = [[1 + number % 6, 1 + (number + number // 7 % 2) % 6] for number in range(12)]
    load(project, [record(1 + number // 2, model=f"system-{number % 2}") for number in range(12)])
    people = [make_member(project, name) for name in ("ana", "bo")]
    tasks = Task.objects.order_by("response__query__external_id", "response__system")
    for task, row in zip(tasks, ratings, strict=True):
        for user, level in zip(people, row, strict=True):
            judge(task, user, text=level)
    array, queries = np.array(ratings, dtype=float).T, np.arange(12) // 2
    expected = alpha(array, level="ordinal", scale=range(1, 7), queries=queries, resamples=Resamples(7, 200))
    row = rows_of(project, resamples=Resamples(7, 200))["text"]
    assert row["alpha"] == {"level": "ordinal"} | expected.plain(interval=True)
    assert (row["queries"], row["pairable_items"]) == (6, 12)


@pytest.mark.parametrize(
    ("resamples", "seed", "expected"),
    [("0", "5", None), (0, 0, None), ("100", "-3", Resamples(-3, 100)), (10_000, 4, Resamples(4, 10_000))],
)
def test_resamples_are_read_from_a_number_and_a_seed(resamples: Any, seed: Any, expected: Resamples | None) -> None:
    assert read_resamples(resamples, seed) == expected


@pytest.mark.parametrize(
    ("resamples", "seed", "message"),
    [
        ("99", "0", "resamples: expected 0 or 100 to 10000, not 99"),
        ("10001", "0", "resamples: expected 0 or 100 to 10000, not 10001"),
        ("-1", "0", "resamples: expected 0 or 100 to 10000, not -1"),
        ("many", "0", "resamples: expected a whole number, not many"),
        ("1000", "1.5", "seed: expected a whole number, not 1.5"),
        ("1000", str(2**63), f"seed: expected a whole number of at most 64 bits, not {2**63}"),
    ],
)
def test_other_numbers_of_resamples_are_refused_by_name(resamples: str, seed: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        read_resamples(resamples, seed)
    assert str(refused.value) == message
