"""The progress of a long command, on standard error: a bar per phase, with its rate and the time left."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, Task, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

from annotation.flow.progress import READING, Progress


class Rate(ProgressColumn):
    """The rate of a phase: megabytes a second while reading, else rows a second."""

    def render(self, task: Task) -> Text:
        if not task.speed:
            return Text("")
        return Text(f"{task.speed / 1e6:.1f} MB/s" if task.fields["reads"] else f"{task.speed:,.0f}/s")


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A function to which a step reports its progress. Where standard error is no terminal, only each phase's end is printed."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), Rate())
    with Bars(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bars:
        phases: dict[str, tuple[TaskID, int]] = {}

        def report(phase: str, done: int, total: int) -> None:
            bar, before = phases.get(phase) or (bars.add_task(_(phase), total=total or None, reads=phase == READING), 0)
            bars.advance(bar, done - before)
            phases[phase] = bar, done

        yield report
