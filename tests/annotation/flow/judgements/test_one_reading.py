"""People go on submitting while a release is made: it is of one moment."""

from pathlib import Path
from typing import Any

import pytest

from annotation.flow.agree import report
from annotation.flow.judgements import ratings
from annotation.flow.release import release
from annotation.flow.release.publish import steady
from annotation.models import Score
from tests.factories import judge, judged, make_member, make_project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reads", [1, 2])
def test_what_is_submitted_while_the_release_reads_is_in_all_of_it_or_in_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reads: int
) -> None:
    project = make_project()
    tasks = judged(project, [[4, 4, 5], [3, 4, None]])
    chen = make_member(project, "chen")
    filtered, late = Score.objects.filter, iter([None] * (reads - 1))

    def submit_first(*args: Any, **conditions: Any) -> Any:
        if next(late, tasks) is tasks and not chen.annotations.filter(task=tasks[1]).exists():
            judge(tasks[1], chen, text=6)
        return filtered(*args, **conditions)

    before = steady(report.agreement_report(project)["groups"])
    monkeypatch.setattr(ratings.Score.objects, "filter", submit_first)
    made = release(project=project, out=tmp_path / "out", check_size=0)
    assert made.manifest["agreement"] == before
    assert made.manifest["counts"]["ratings"] == 5 * 3
