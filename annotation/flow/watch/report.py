"""The progress of a project as plain data."""

from datetime import UTC, date, datetime
from typing import Any

from annotation.flow.watch.counts import by_cohort, in_all, people, slots_by
from annotation.flow.watch.pace import days_of, done_on, pace_of
from annotation.flow.watch.stuck import count_stuck
from annotation.models import Project


def progress_report(project: Project, today: date | None = None) -> dict[str, Any]:
    """Slots in all and `by` category, system, person and cohort; submissions by day, the pace, the day on which all is `done_on`,
    and how many responses are stuck for which reason. As many queries for any number of rows.

    `today` (UTC) is another day in tests alone.
    """
    today = today or datetime.now(UTC).date()
    by = slots_by(project)
    slots = in_all(by["category"])
    left = slots["held"] + slots["open"]
    days = days_of(project)
    pace = pace_of(days, today)
    persons = people(project, left)
    return slots | {
        "by": by | {"person": persons, "cohort": by_cohort(persons)},
        "days": [{"day": day, "submitted": number} for day, number in days.items()],
        "pace": pace,
        "done_on": done_on(pace, slots=slots["slots"], left=left, today=today),
        "stuck": count_stuck(project),
    }
