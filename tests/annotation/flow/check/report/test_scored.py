"""The labelled responses that have a score are arrays in one order, with what is counted of each."""

from pathlib import Path

import numpy as np
import pytest

from annotation.flow.check import read_scores, read_truth
from annotation.flow.check.report.scored import criterion_labels, scored_of
from annotation.flow.release import Options, release
from annotation.models import Response
from tests.annotation.flow.check.scorer_files import keep
from tests.factories import block, judged, make_project

pytestmark = pytest.mark.django_db


def test_what_has_no_score_is_left_out_and_runs_stand_beside_their_mean() -> None:
    project = make_project()
    tasks = judged(project, [[4, 4, 5], [1, 2, 3], [2, 2, 2]])
    Response.objects.filter(pk=tasks[2].response_id).update(blocks=[block("four", "a.png"), block(None, "b.png")])
    kept = keep(project, (1, 4, "a"), (3, 1, "a"), (3, 2, "b"), columns="id,model,score,run")
    truth = read_truth(project)
    of = scored_of(read_scores(kept.scorer).of(truth.tasks), truth)
    assert of.tasks.tolist() == [tasks[0].pk, tasks[2].pk]
    assert of.scores.tolist() == [4, 1.5]
    np.testing.assert_array_equal(of.runs, [[4, np.nan], [1, 2]])
    assert {name: column.tolist()[1] for name, column in of.numbers.items()} == {"length": 4, "images": 2, "blocks": 2}
    assert of.about["query"].tolist() == ["PBL-0001", "PBL-0003"]
    assert (of.levels, of.about["system"].tolist()) == (range(7), ["system-a", "system-a"])


def test_labels_of_criteria_are_those_of_the_project_or_of_the_release(tmp_path: Path) -> None:
    project = make_project()
    harmful = [{"text": level, "penalties": ["harm"]} for level in (1, 2, 3)]
    judged(project, [[4, 4, 5], harmful])
    now = criterion_labels(read_truth(project), project)
    release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    of_release = criterion_labels(read_truth(project, split="all"), project)
    [rubric] = {rubric for rubric, _key in now}
    assert {key: values.tolist() for (_rubric, key), values in now.items()} == {"harm": [0, 1], "text": [13 / 3, 2]}
    assert {key: values.tolist() for key, values in of_release.items()} == {
        (rubric, "harm"): [0, 1],
        (rubric, "text"): [pytest.approx(13 / 3), 2],
    }
