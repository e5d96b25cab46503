"""A release in which each response has a level of its own, with and without images, of two rubrics."""

from pathlib import Path

import pytest

from annotation.flow.release import Options, release
from annotation.models import Project, Task
from tests.factories import block, judge, load, make_member, make_project, make_rubric, png, record

HUES = {"red": "ff00", "blue": "00ff", "green": "33aa"}
LEVELS = {"good": 6, "middling": 4, "bad": 1}
# of each query its own: queries that share an image are not in two splits
PICTURES = {f"{name}-{number}.png": png(f"#{hue}{number:02}") for name, hue in HUES.items() for number in range(1, 13)}


@pytest.fixture
def project() -> Project:
    """Twelve queries of two rubrics, of which one shows the correct answer, answered by three systems."""
    reasoning = make_rubric(slug="reasoning", category="multi-step-reasoning", shows_correct_answer=True)
    project = make_project(overlap=1, rubrics=[make_rubric().name, reasoning.name])
    records = [
        record(
            number,
            id=f"{'MSR' if number % 2 else 'PBL'}-{number:04}",
            model=system,
            question=[
                block("Where? <image>", f"red-{number}.png" if number % 3 == 0 else None),
                block(None, f"green-{number}.png"),
            ],
            answer=[block(f"{system} {number}", f"blue-{number}.png" if number % 4 == 0 else None), block("### Score 9")],
            gt_answer=[block("There.", None)] if number % 4 == 1 else [],
        )
        for number in range(1, 13)
        for system in LEVELS
    ]
    load(project, records, PICTURES)
    ana = make_member(project, "ana")
    for task in Task.objects.select_related("response"):
        level = LEVELS[task.response.system]
        judge(task, ana, text=level, images=level if any(part["image"] for part in task.response.blocks) else "na")
    return project


@pytest.fixture
def released(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a release; the environment and the current folder are those of lmms-eval."""
    folder = tmp_path / "release"
    release(project=project, out=folder, options=Options(check_size=12))
    monkeypatch.setenv("SIXPOINT_RELEASE", str(folder))
    monkeypatch.setenv("SIXPOINT_OUT", str(tmp_path / "out"))
    monkeypatch.setenv("SIXPOINT_SYSTEM", "larch")
    monkeypatch.setenv("SIXPOINT_SCORER_MODEL", "judge-4b")
    monkeypatch.chdir(folder / "mmie")
    return folder
