"""One annotator's judgement of one task: a draft while it is being made, then an annotation whose revisions hold the scores."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotation.models.assignments import Assignment
from annotation.models.people import Participation
from annotation.models.projects import Project, has_role
from annotation.models.tasks import ScoresShown, Task, judged_after_scores_were_shown
from rubrics.models import Criterion, Level


class Draft(models.Model):
    """Work not yet submitted: the body of a submission, which may be incomplete. It belongs to the task and its annotator, never
    to the slot."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="drafts", verbose_name=_("task"))
    annotator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts", verbose_name=_("annotator"))
    content = models.JSONField(_("content"))
    saved_at = models.DateTimeField(_("saved at"))
    version = models.PositiveIntegerField(_("version"), default=1)
    writer = models.CharField(max_length=100, blank=True, editable=False)  # the random name of the page that saved it last

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["task", "annotator"]
        constraints = [models.UniqueConstraint(fields=["task", "annotator"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.task}: {self.annotator}"


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(has_role(user, "manager", "task__project"))

    def with_judgements(self) -> Self:
        """Each with its scores and what it is about: five queries, however many there are."""
        return self.select_related("task__response__query", "task__rubric", "assignment", "annotator").prefetch_related(
            "revisions__scores__criterion", "revisions__scores__level"
        )

    def with_remarks(self) -> Self:
        """As with_judgements, and with all remarks and returns for revision."""
        remarks = ("revisions__notes__criterion", "revisions__error_marks__error_type", "revisions__looks__criterion")
        return self.with_judgements().prefetch_related(*remarks, "sent_back__by")


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
        """Revision 1 in study tasks, from independent slots: those that agreement counts, but for the informed ones."""
        return self.in_study(project).filter(number=1, annotation__assignment__reason__in=Assignment.INDEPENDENT)

    def informed(self, project: Project) -> Self:
        """The first revisions of annotators who had been shown others' scores of the response: no independent judgements.

        Asks at once who could have made any: in most projects nobody, and then nothing else is asked.
        """
        shown = ScoresShown.objects.filter(project=project, user=OuterRef("user"))
        judged = Annotation.objects.filter(annotator=OuterRef("user"))
        people = Participation.objects.filter(Exists(shown), Exists(judged), project=project).values_list("user", flat=True)
        of_them = self.in_study(project).filter(number=1, annotation__annotator__in=list(people))
        return of_them.filter(judged_after_scores_were_shown()).order_by()

    def not_independent(self, project: Project) -> Self:
        """Of independent slots, and yet not counted by agreement, for their annotators were informed."""
        return self.informed(project).filter(annotation__assignment__reason__in=Assignment.INDEPENDENT)

    def in_study(self, project: Project) -> Self:
        return self.filter(annotation__task__project=project, annotation__task__kind=Task.Kind.STUDY)


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


class Score(models.Model):
    """One criterion's answer: a level, or not applicable; for a penalty that applies a row without a level."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="scores", verbose_name=_("revision"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion"))
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="scores", verbose_name=_("level"))
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    confidence = models.PositiveSmallIntegerField(_("confidence"), choices=Confidence, null=True, blank=True)

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
