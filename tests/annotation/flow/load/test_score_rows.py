"""The rows of a score file come sorted by annotation, and the reading reports its progress and its faults."""

import pytest

from annotation.models import Project
from tests.annotation.flow.load.score_files import as_json_lines, says, take

pytestmark = pytest.mark.django_db


def test_progress_is_told_of_bytes_and_annotations(project: Project) -> None:
    told: list[tuple[str, int, int]] = []
    content = as_json_lines(says("uma") + says("vic"))
    take(project, content, "scores.jsonl", progress=lambda *step: told.append(step))
    assert [told[0][0], told[0][2]] == ["reading", len(content)]
    assert told[-4:] == [("reading", len(content), len(content)), ("storing", 0, 2), ("storing", 2, 2), ("ending", 1, 1)]
