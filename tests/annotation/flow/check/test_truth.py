"""The labels that a scorer is checked against, in the order of their keys."""

import numpy as np
import pytest

from annotation.flow.check import read_truth
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db


def test_labels_stand_in_the_order_of_their_keys_and_the_worst_is_the_farthest_end() -> None:
    project = make_project()
    tasks = judged(project, [[4, 4, 4], [1, 1, 6], [2, 2, 2], [3, 3, 3]])
    truth = read_truth(project)
    np.testing.assert_array_equal(truth.tasks, [tasks[0].pk, tasks[2].pk, tasks[3].pk])
    np.testing.assert_array_equal(truth.overall, [4, 2, 3])
    np.testing.assert_array_equal(truth.farthest(), [0, 6, 0])
    np.testing.assert_array_equal(truth.queries, [0, 1, 2])
    assert (truth.split, truth.release, truth.about["system"].tolist()) == ("all", None, ["system-a"] * 3)
