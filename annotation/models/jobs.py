"""Steps that take longer than a request: a worker carries them out, and each row holds its progress and outcome."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models.projects import Project, has_role


class JobQuerySet(models.QuerySet["Job"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(has_role(user, "manager")).select_related("project")

    def recent(self, number: int) -> Self:
        """The newest ones, each with who made it."""
        return self.select_related("made_by").order_by("-pk")[:number]

    def waiting(self) -> Self:
        return self.filter(started_at=None, ended_at=None)

    def under_way(self) -> Self:
        return self.filter(started_at__isnull=False, ended_at=None)

    def lost(self) -> Self:
        """Started and not ended, but the worker's lease has run out."""
        return self.under_way().filter(lease_expires_at__lt=Now())


class Job(models.Model):
    """Waiting, then under way with a lease that its worker renews, then ended with an outcome."""

    class Kind(models.TextChoices):
        LOAD_ITEMS = "load_items", _("load queries and responses")
        LOAD_SCORES = "load_scores", _("load scores")
        PREPARE_IMAGES = "prepare_images", _("make the sizes of images")
        RELEASE = "release", _("make a release")
        CHECK_SCORER = "check_scorer", _("import a scorer's scores")
        SET_OVERLAP = "set_overlap", _("change the annotators per response")
        COPY_DATA = "copy_data", _("copy the data of another project")

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")
        LOST = "lost", _("its worker was lost")

    project = models.ForeignKey(Project, models.PROTECT, related_name="jobs", verbose_name=_("project"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    upload = models.CharField(max_length=255, blank=True, editable=False)  # its name in the storage
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    lease_expires_at = models.DateTimeField(_("lease expires at"), null=True, blank=True)
    cancel_asked_at = models.DateTimeField(_("asked to stop at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    phase = models.CharField(_("phase"), max_length=20, blank=True)
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("in total"), default=0)
    message = models.TextField(_("message"), blank=True)
    report = models.JSONField(_("report"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["project", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "load_items",
                        "load_scores",
                        "prepare_images",
                        "release",
                        "check_scorer",
                        "set_overlap",
                        "copy_data",
                    ]
                ),
                name="job_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="")
                | Q(ended_at__isnull=False, outcome__in=["done", "refused", "cancelled", "failed", "lost"]),
                name="job_outcome_with_its_end",
            ),
            models.CheckConstraint(
                condition=Q(started_at=None, lease_expires_at=None) | Q(started_at__isnull=False, lease_expires_at__isnull=False),
                name="job_lease_with_its_start",
            ),
        ]
        indexes = [models.Index(fields=["lease_expires_at"], condition=Q(ended_at=None), name="job_under_way")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name or self.project}"

    @property
    def state(self) -> str:
        """waiting, running, lost, or the outcome."""
        if self.ended_at:
            return self.outcome
        if self.started_at is None:
            return "waiting"
        return "lost" if self.lease_expires_at and self.lease_expires_at < timezone.now() else "running"

    @property
    def can_be_cancelled(self) -> bool:
        return self.state in ("waiting", "running") and self.cancel_asked_at is None

    @property
    def can_be_tried_again(self) -> bool:
        return self.state in ("cancelled", "failed", "lost")


class Maintenance(models.Model):
    """Work on the installation that one of all workers does from time to time, and when it was last begun."""

    work = models.CharField(_("work"), max_length=20, unique=True)
    begun_at = models.DateTimeField(_("begun at"))

    class Meta:
        verbose_name = _("maintenance")
        verbose_name_plural = _("maintenance")
        ordering = ["work"]

    def __str__(self) -> str:
        return self.work
