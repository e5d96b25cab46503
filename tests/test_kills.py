"""Killed web workers lose and double no submission. python -m tests.bench kills does the same with a hundred kills."""

from pathlib import Path

from tests.installation import installation
from tests.submitting import Annotator, check_nothing_lost, fill_study, judge_at_once, web_workers_killed

KILLS, CLIENTS = 2, 4


def test_under_kills_of_web_workers_each_submission_is_there_once(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as made:
        tokens = fill_study(made, tmp_path, items=40, overlap=4, people=CLIENTS)
        annotators = [Annotator(made, f"a{number}", token) for number, token in enumerate(tokens)]
        kills: list[int] = []
        with web_workers_killed(made, every=0.5, most=KILLS, kills=kills):
            judge_at_once(annotators, until=lambda: len(kills) == KILLS)
        check_nothing_lost(made, annotators)
    assert len(kills) == KILLS
    assert sum(len(annotator.submitted) for annotator in annotators) >= CLIENTS
