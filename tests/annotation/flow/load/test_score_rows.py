"""The rows of a score file come sorted by annotation, and the reading reports its progress and its faults."""

import io

import pytest

from annotation.flow.load import score_rows
from annotation.flow.load.report import ScoreReport
from annotation.flow.load.score_rows import sorted_rows
from annotation.flow.progress import silent
from annotation.models import Project
from tests.annotation.flow.load.score_files import as_csv, as_json_lines, says, take

pytestmark = pytest.mark.django_db


def test_progress_is_reported_in_bytes_and_annotations(project: Project) -> None:
    steps: list[tuple[str, int, int]] = []
    content = as_json_lines(says("uma") + says("vic"))
    take(project, content, "scores.jsonl", progress=lambda *step: steps.append(step))
    assert [steps[0][0], steps[0][2]] == ["reading", len(content)]
    assert steps[-5:] == [
        ("reading", len(content), len(content)),
        ("comparing", 2, 2),
        ("storing", 0, 2),
        ("storing", 2, 2),
        ("ending", 1, 1),
    ]


def test_the_rows_of_an_annotation_come_together_in_the_order_of_the_file() -> None:
    [text, images], [others, _images] = says("uma"), says("ana")
    file = io.BytesIO(as_csv([images, others, text]))
    with sorted_rows(file, "scores.csv", ScoreReport(), silent) as rows:
        groups = [[(row.annotator, row.number, row.criterion) for row in group] for group in rows]
        assert (rows.count(), groups) == (2, [[("ana", 2, "text")], [("uma", 1, "images"), ("uma", 3, "text")]])


def test_after_too_many_faults_the_rest_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_rows, "MOST_REJECTIONS", 2)
    report = ScoreReport()
    with sorted_rows(io.BytesIO(as_csv([{**says("uma")[0], "score": "x"}] * 9)), "scores.csv", report, silent) as rows:
        assert rows.count() == 1
    assert [(rejection.record, rejection.field) for rejection in report.rejected] == [
        (1, "score"),
        (2, "score"),
        (3, "score"),
        (4, "record"),
    ]
