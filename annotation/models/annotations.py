"""What one annotator says of one task: a draft while at it, then an annotation whose revisions hold the scores."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.assignments import Assignment
from annotation.models.projects import Project
from annotation.models.tasks import Task
from rubrics.models import Criterion, Level


class Draft(models.Model):
    """Unsent work: the body of a submission, as far as it has come. It is of the task and its annotator, never of the slot."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="drafts", verbose_name=_("task"))
    annotator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts", verbose_name=_("annotator"))
    content = models.JSONField(_("content"))
    saved_at = models.DateTimeField(_("saved at"))
    version = models.PositiveIntegerField(_("version"), default=1)
    writer = models.CharField(max_length=100, blank=True, editable=False)  # the page that saved it last, by a name of its own

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["task", "annotator"]
        constraints = [models.UniqueConstraint(fields=["task", "annotator"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.task}: {self.annotator}"


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(task__project__memberships__user=user, task__project__memberships__role="manager")

    def with_judgements(self) -> Self:
        """All that a list tells of each: five queries, however many there are."""
        return self.select_related("task__response__query", "task__rubric", "assignment", "annotator").prefetch_related(
            "revisions__scores__criterion", "revisions__scores__level"
        )

    def with_marks(self) -> Self:
        """Everything that was said, and what became of it."""
        marks = ("revisions__notes__criterion", "revisions__error_marks__error_type", "revisions__looks__criterion")
        return self.with_judgements().prefetch_related(*marks, "sent_back__by")


class Annotation(models.Model):
    task = models.ForeignKey(Task, models.PROTECT, related_name="annotations", verbose_name=_("task"))
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="annotations", verbose_name=_("annotator")
    )
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="annotation", verbose_name=_("assignment"))

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        ordering = ["task", "annotator"]
        constraints = [models.UniqueConstraint(fields=["task", "annotator"], name="annotation_once")]

    def __str__(self) -> str:
        return f"{self.task}: {self.annotator}"


class RevisionQuerySet(models.QuerySet["Revision"]):
    def first_judgements(self, project: Project) -> Self:
        """The independent judgements, the only ones that agreement counts: revision 1 of study tasks, from slots made in
        advance or by an import."""
        return self.filter(
            number=1,
            annotation__task__project=project,
            annotation__task__kind=Task.Kind.STUDY,
            annotation__assignment__reason__in=[Assignment.Reason.INITIAL, Assignment.Reason.IMPORT],
        )


class Revision(models.Model):
    """One state of an annotation. Number 1 is the independent judgement and is never changed; an edit is the next number."""

    annotation = models.ForeignKey(Annotation, models.PROTECT, related_name="revisions", verbose_name=_("annotation"))
    number = models.PositiveSmallIntegerField(_("number"))
    feedback = models.TextField(_("feedback"), blank=True)
    holistic = models.SmallIntegerField(_("overall, given directly"), null=True, blank=True)
    active_seconds = models.PositiveIntegerField(_("active seconds"), default=0)
    submitted_at = models.DateTimeField(_("submitted at"))
    idempotency_key = models.CharField(max_length=200, null=True, blank=True, editable=False)  # noqa: DJ001 no key is none

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["annotation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["annotation", "number"], name="revision_once"),
            models.UniqueConstraint(
                fields=["annotation", "idempotency_key"],
                condition=Q(idempotency_key__isnull=False),
                name="revision_idempotency_key_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.annotation} ({self.number})"


class Confidence(models.IntegerChoices):
    LOW = 1, _("unsure")
    MEDIUM = 2, _("fairly sure")
    HIGH = 3, _("sure")


class ScoreQuerySet(models.QuerySet["Score"]):
    def of_first_judgements(self, project: Project) -> Self:
        return self.filter(revision__in=Revision.objects.first_judgements(project))


class Score(models.Model):
    """One criterion's answer: a level, not applicable, or (a row for a penalty, without a level) the penalty was given."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="scores", verbose_name=_("revision"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion"))
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="scores", verbose_name=_("level"))
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    confidence = models.PositiveSmallIntegerField(_("confidence"), choices=Confidence, null=True, blank=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["revision", "criterion__place"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(level=None) | Q(not_applicable=False), name="score_level_or_not_applicable"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.answer}"

    @property
    def answer(self) -> Any:
        """The level's value, "na", or True for a penalty."""
        if self.not_applicable:
            return "na"
        return self.level.value if self.level else True
