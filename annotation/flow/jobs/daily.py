"""What is done once a day without anybody asking: whichever worker comes first does it, the others go on."""

import logging
from datetime import timedelta

from django.db.models.functions import Now
from django.utils import timezone

from annotation.flow.jobs.cleanup import clean
from annotation.models import Maintenance

logger = logging.getLogger("sixpoint")
CLEANING = "clean"
DAY = timedelta(days=1)


def clean_daily() -> bool:
    """Clean if a day has passed since somebody began to; True if so. What goes wrong is logged and tried again a day later."""
    if not begin(CLEANING):
        return False
    try:
        clean()
    except Exception:
        logger.exception("the daily cleaning failed")
    return True


def begin(work: str) -> bool:
    """Whether the work is due and this process has begun it; no other begins it within the day."""
    if Maintenance.objects.filter(work=work, begun_at__lt=Now() - DAY).update(begun_at=Now()) == 1:
        return True
    if Maintenance.objects.filter(work=work).exists():
        return False
    return Maintenance.objects.get_or_create(work=work, defaults={"begun_at": timezone.now()})[1]
