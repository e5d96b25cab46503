"""What was submitted per day, the pace of the last days on which people worked, and the day on which all will be done at it.

Days are of UTC. What was imported was not done here: it is left out.
"""

from datetime import date, timedelta
from math import ceil
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from annotation.models import Assignment, Project
from annotation.sql.days import Ordinal

ACTIVE_DAYS = 7
FARTHEST = timedelta(days=36_525)  # a hundred years: a day beyond it says nothing
NOTHING_SUBMITTED, ALL_SUBMITTED, NO_SLOTS, TOO_FAR = "nothing_submitted", "all_submitted", "no_slots", "too_far"
REASONS = {
    NOTHING_SUBMITTED: _("nothing was submitted yet, so there is no pace"),
    ALL_SUBMITTED: _("everything is submitted"),
    NO_SLOTS: _("there is nothing to score yet"),
    TOO_FAR: _("at this pace it takes more than a hundred years"),
}


def days_of(project: Project) -> dict[date, int]:
    """Submissions by the day on which they came, in order; days without one are left out."""
    slots = Assignment.objects.filter(project=project).submitted().exclude(reason=Assignment.Reason.IMPORT).order_by()
    counted: Any = slots.annotate(day=Ordinal("submitted_at")).values_list("day").annotate(number=Count("pk"))
    return {date.fromordinal(day): number for day, number in sorted(counted)}


def pace_of(days: dict[date, int], today: date) -> dict[str, Any]:
    """Of the last days with a submission, seven at most: their number, since when, submissions `per_active_day`, and `per_day` of
    the calendar from the first of them until today, days without work included. None with a reason where there is none."""
    active = sorted(days)[-ACTIVE_DAYS:]
    if not active:
        return {"active_days": 0, "since": None, "per_active_day": None, "per_day": None, "reason": NOTHING_SUBMITTED}
    submitted = sum(days[day] for day in active)
    span = max(1, (today - active[0]).days + 1)  # a clock may have been put back
    return {
        "active_days": len(active),
        "since": active[0],
        "per_active_day": submitted / len(active),
        "per_day": submitted / span,
        "reason": None,
    }


def done_on(pace: dict[str, Any], *, slots: int, left: int, today: date) -> dict[str, Any]:
    """The `day` on which the slots that are left are submitted at the pace per day, or the `reason` for which there is none."""
    if not slots:
        return {"day": None, "reason": NO_SLOTS}
    if not left:
        return {"day": None, "reason": ALL_SUBMITTED}
    if pace["per_day"] is None:
        return {"day": None, "reason": pace["reason"]}
    days = ceil(left / pace["per_day"])
    if days > FARTHEST.days:
        return {"day": None, "reason": TOO_FAR}
    return {"day": today + timedelta(days=days), "reason": None}
