import pytest

from annotation.management.progress import progress_bar


def test_a_bar_per_phase_says_how_far_a_command_is(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as report:
        report("reading", 5_000_000, 10_000_000)
        report("reading", 10_000_000, 10_000_000)
        report("storing", 1, 4)
    lines = [line.split() for line in capsys.readouterr().err.splitlines()]
    assert [(line[0], line[line.index("%") - 1]) for line in lines] == [("reading", "100"), ("storing", "25")]
