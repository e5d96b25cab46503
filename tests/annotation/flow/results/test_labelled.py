import numpy as np
import pytest

from annotation.flow.judgements import ProjectCache
from annotation.flow.labels import cached_fair_tables
from annotation.flow.results.labelled import current_labels, numbers_of
from annotation.models import Task
from tests.annotation.flow.results.studies import make_study
from tests.factories import judge, judged, make_member, make_project

pytestmark = pytest.mark.django_db


def test_a_penalty_is_a_hundred_where_it_applies_and_points_are_of_the_highest_there_can_be() -> None:
    project = make_project(overlap=1)
    judged(project, [[{"text": 5, "penalties": ["harm"]}], [6], [None]], names=["ana"])
    [part] = current_labels(ProjectCache(project), "plain").parts
    assert np.array_equal(part.overall, [100 * 4 / 6, 100, np.nan], equal_nan=True)
    assert np.array_equal(part.criteria["harm"], [100, 0, np.nan], equal_nan=True)
    assert np.array_equal(part.criteria["text"], [100 * 5 / 6, 100, np.nan], equal_nan=True)
    assert np.isnan(part.criteria["images"]).all()
    assert part.judged.tolist() == [True, True, False]


def test_a_fair_value_counts_where_there_is_a_label() -> None:
    """The last response is in dispute: it has a fair value and no label."""
    project = make_project()
    judged(project, [[4, 5, 5], [1, 2, 1], [3, 3, 4], [2, 2, 3], [1, 6, 1]])
    labelled = current_labels(ProjectCache(project), "fair")
    [table] = cached_fair_tables(project)
    [part] = labelled.parts
    expected = 100 * table.columns["text"].values.round(4) / 6
    assert part.criteria["text"][:4] == pytest.approx(expected[:4], abs=1e-12)
    assert np.isnan(part.criteria["text"][4])
    assert not np.isnan(expected[4])
    assert labelled.left_out["disputed"] == 1


def test_why_a_criterion_has_no_fair_values() -> None:
    project = make_project(overlap=2)
    judged(project, [[4, 5], [1, 2], [3, 3], [2, 2]], names=["ana", "bo"])
    [part] = current_labels(ProjectCache(project), "fair").parts
    assert part.reasons["images"] == "nothing has been rated"


def test_a_query_has_one_number_under_every_rubric() -> None:
    project = make_study(judged=False)
    judge(Task.objects.filter(project=project)[0], make_member(project, "ana"), text=4)
    labelled = current_labels(ProjectCache(project), "plain")
    assert (len(labelled.parts), len(set(labelled.queries.tolist())), labelled.judged.sum()) == (2, 8, 1)
    assert [labelled.places(part) for part in labelled.parts] == [slice(0, 11), slice(11, 22)]


def test_texts_are_numbered_by_code_point() -> None:
    names, numbers = numbers_of(np.array(["b", "a\0", "a", "b"], dtype=object))
    assert (names, numbers.tolist()) == (["a", "a\0", "b"], [2, 1, 0, 2])
