"""Deletes rows that have had their time: nobody is served by them any more."""

from datetime import timedelta
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from knox.models import AuthToken

KEPT = timedelta(days=7)  # for who asks what happened


def expired() -> dict[str, QuerySet[Any]]:
    """The rows by what they are."""
    now = timezone.now()
    return {
        "sessions": Session.objects.filter(expire_date__lt=now),
        "sign_in_attempts": AccessAttempt.objects.filter(attempt_time__lt=now - max(KEPT, get_cool_off() or KEPT)),
        "tasks": DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT),
        "tokens": AuthToken.objects.filter(expiry__lt=now),
    }


def delete_expired(*, dry_run: bool = False) -> dict[str, int]:
    """How many rows of each kind there were, which are deleted but with dry_run."""
    counts = {}
    for name, rows in expired().items():
        counts[name] = rows.count() if dry_run else rows.delete()[1].get(rows.model._meta.label, 0)
    return counts
