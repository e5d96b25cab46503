"""The slots of a task, made in advance and held by at most one annotator; the skips and lapses that ended a hold."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotation.fields import LONGEST_LANGUAGE
from annotation.models.limits import CohortCategory, CohortLanguage, ScoringCategory, ScoringLanguage, TiedSystem
from annotation.models.projects import Project, has_role
from annotation.models.tasks import Task, scores_were_shown

# What was imported was never claimed: it was submitted at the moment at which its slot was taken.
CLAIMED = Q(annotator__isnull=False) & ~Q(claimed_at=F("submitted_at"))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def for_annotator(self, user: Any) -> Self:
        """The slots that the annotator holds or has submitted."""
        return self.filter(has_role(user, "annotator"), annotator=user)

    def once_held_by(self, user: Any) -> Self:
        """The slots that the annotator skipped, or lost when the lease ran out: they may read of them, not write to them."""
        of_user = {"assignment": OuterRef("pk"), "annotator": user}
        lost = Exists(Skip.objects.filter(**of_user)) | Exists(Lapse.objects.filter(**of_user))
        return self.filter(lost, has_role(user, "annotator"))

    def with_content(self) -> Self:
        return self.select_related("project__workspace", "project__rules", "task__response__query", "task__rubric")

    def open(self) -> Self:
        return self.filter(annotator=None, withdrawn_at=None)

    def of_query(self, query: Any) -> Self:
        return self.filter(task__response__query=query)

    def not_withdrawn(self) -> Self:
        return self.filter(withdrawn_at=None)

    def held(self) -> Self:
        return self.filter(annotator__isnull=False, submitted_at=None)

    def claimed(self) -> Self:
        """The slots that somebody has claimed and holds or has submitted."""
        return self.filter(CLAIMED)

    def submitted(self) -> Self:
        return self.filter(submitted_at__isnull=False)

    def free_for(self, user: Any) -> Self:
        """The slots that the person could claim now: open, or with a lease that ran out, of tasks that they neither hold nor
        have judged, and of which they were shown no scores."""
        from annotation.models.adjudication import CaseReview  # late: that module imports this one

        free = Q(annotator=None, withdrawn_at=None) | Q(submitted_at=None, lease_expires_at__lt=Now())
        return self.filter(
            free,
            ~Exists(Assignment.objects.filter(task=OuterRef("task"), annotator=user)),
            ~Exists(CaseReview.objects.filter(adjudication__task=OuterRef("task"), adjudicator=user)),
            ~scores_were_shown(user),
        ).allowed(user)

    def allowed(self, user: Any, project: Any = None) -> Self:
        """Without the slots that the limits of the person and of their cohort exclude: of systems that they are tied to, of other
        categories than theirs where they have some, and of other languages; slots without a language come to everybody.

        Of slots that are all of one project, its primary key lets a database look up the limits once, and not for each slot.
        """
        of_project = OuterRef("project") if project is None else project
        of_category: tuple[Any, ...] = (ScoringCategory.objects, CohortCategory.objects)
        of_language: tuple[Any, ...] = (ScoringLanguage.objects, CohortLanguage.objects)
        allowed = self.exclude(system__in=TiedSystem.objects.of(user, of_project).values("system"))
        for categories in (rows.of(user, of_project) for rows in of_category):
            allowed = allowed.filter(Q(category__in=categories.values("category")) | ~Exists(categories))
        for languages in (rows.of(user, of_project) for rows in of_language):
            allowed = allowed.filter(Q(language="") | Q(language__in=languages.values("language")) | ~Exists(languages))
        return allowed

    def independent(self) -> Self:
        """The slots whose judgements agreement counts: never those added after a dispute."""
        return self.filter(reason__in=Assignment.INDEPENDENT)

    def further(self) -> Self:
        """The slots asked for after a dispute that are not submitted yet, in no order: for that of positions SQLite would read
        all slots of the project."""
        return self.order_by().filter(reason=Assignment.Reason.AFTER_DISPUTE, submitted_at=None, withdrawn_at=None)

    def of_tasks_new_to(self, user: Any) -> Self:
        """Without the tasks that the person has judged, holds, has skipped or had a part in adjudicating, and without those of
        which they were shown scores."""
        from annotation.models.adjudication import CaseReview  # late: that module imports this one

        return self.filter(
            ~Exists(CaseReview.objects.filter(adjudication__task=OuterRef("task"), adjudicator=user)),
            ~Exists(Assignment.objects.filter(task=OuterRef("task"), annotator=user)),
            ~Exists(Skip.objects.filter(task=OuterRef("task"), annotator=user)),
            ~scores_were_shown(user),
        )


class Assignment(models.Model):
    """A slot of a task: open without an annotator, unless withdrawn; then held with a lease; at last submitted."""

    class Reason(models.TextChoices):
        INITIAL = "initial", _("made in advance")
        AFTER_DISPUTE = "after_dispute", _("asked for after a dispute")
        IMPORT = "import", _("imported")

    INDEPENDENT = (Reason.INITIAL, Reason.IMPORT)  # first judgements, which agreement counts

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments", verbose_name=_("task"))
    number = models.PositiveSmallIntegerField(_("number"))
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, default=Reason.INITIAL)
    # Copied from the task and its content, so that claims and filters stay on one table.
    project = models.ForeignKey(Project, models.PROTECT, related_name="assignments", verbose_name=_("project"))
    category = models.SlugField(_("category"), max_length=100)
    language = models.CharField(_("language"), max_length=LONGEST_LANGUAGE, blank=True)
    system = models.CharField(_("system"), max_length=200)
    position = models.PositiveIntegerField(_("position"))
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("annotator")
    )
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    lease_expires_at = models.DateTimeField(_("lease expires at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("reopened at"), null=True, blank=True)
    # its query was dropped; or it was made after a dispute, and called back
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["project", "position"]
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="slot_once"),
            models.UniqueConstraint(fields=["project", "position"], name="slot_position_once"),
            models.UniqueConstraint(
                fields=["task", "annotator"], condition=Q(annotator__isnull=False), name="slot_of_a_task_once_per_annotator"
            ),
            models.UniqueConstraint(
                fields=["project", "annotator"],
                condition=Q(annotator__isnull=False, submitted_at__isnull=True),
                name="slot_held_one_per_annotator",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="slot_number_from_1"),
            models.CheckConstraint(condition=Q(reason__in=["initial", "after_dispute", "import"]), name="slot_reason_known"),
            models.CheckConstraint(
                condition=Q(annotator=None, claimed_at=None, lease_expires_at=None, submitted_at=None)
                | Q(annotator__isnull=False, claimed_at__isnull=False, lease_expires_at__isnull=False, submitted_at=None)
                | Q(annotator__isnull=False, claimed_at__isnull=False, lease_expires_at=None, submitted_at__isnull=False),
                name="slot_open_held_or_submitted",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "position"], condition=Q(annotator=None, withdrawn_at=None), name="slot_open"),
            models.Index(
                fields=["project", "position"],
                condition=Q(annotator=None, reopened_at__isnull=False, withdrawn_at=None),
                name="slot_reopened",
            ),
            models.Index(
                fields=["project", "lease_expires_at"],
                condition=Q(annotator__isnull=False, submitted_at=None),
                name="slot_lease",
            ),
            models.Index(fields=["project", "annotator", "position"], condition=CLAIMED, name="slot_claimed"),
            models.Index(fields=["project", "task"], condition=Q(reason="after_dispute"), name="slot_further"),
            models.Index(fields=["project", "submitted_at"], condition=Q(submitted_at__isnull=False), name="slot_submitted"),
        ]

    def __str__(self) -> str:
        return f"{self.task} #{self.number}"


class Concern(models.TextChoices):
    """Why an annotator skips or flags a response."""

    BROKEN_IMAGE = "broken_image", _("broken image")
    UNCLEAR_QUERY = "unclear_query", _("unclear query")
    HARMFUL = "harmful", _("harmful content")
    CONFLICT = "conflict", _("conflict of interest")
    OTHER = "other", _("other")


class Skip(models.Model):
    """An annotator gave a slot back; the task is not offered to them again."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="skips", verbose_name=_("task"))
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="skips", verbose_name=_("assignment"))
    project = models.ForeignKey(Project, models.PROTECT, related_name="skips", verbose_name=_("project"))
    annotator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="skips", verbose_name=_("annotator"))
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=Concern, default=Concern.OTHER)
    reason = models.TextField(_("reason"), max_length=2000)
    skipped_at = models.DateTimeField(_("skipped at"))

    class Meta:
        verbose_name = _("skip")
        verbose_name_plural = _("skips")
        ordering = ["project", "skipped_at"]
        constraints = [
            models.UniqueConstraint(fields=["task", "annotator"], name="skip_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["broken_image", "unclear_query", "harmful", "conflict", "other"]), name="skip_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["project", "annotator", "position"], name="skip_place")]

    def __str__(self) -> str:
        return f"{self.task}: {self.reason}"


class Lapse(models.Model):
    """A slot went to somebody else because its lease had run out; a late submission is refused with this reason."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="lapses", verbose_name=_("assignment"))
    annotator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lapses", verbose_name=_("annotator"))
    lapsed_at = models.DateTimeField(_("lapsed at"))

    class Meta:
        verbose_name = _("lapse")
        verbose_name_plural = _("lapses")
        ordering = ["lapsed_at"]
        constraints = [models.UniqueConstraint(fields=["assignment", "annotator"], name="lapse_once")]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.annotator}"
