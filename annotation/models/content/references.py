"""The experts' answer for each level of a query, and its revisions.

A revision that came with a file counts as approved by those who made the file. One that somebody wrote here is shown to nobody
who scores until somebody else has approved it.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotation.models.content.items import Query

APPROVED = Q(made_by=None) | Q(approved_at__isnull=False)


class ReferenceAnswerQuerySet(models.QuerySet["ReferenceAnswer"]):
    def shown(self) -> Self:
        """Those that have an approved revision."""
        return self.filter(Exists(ReferenceRevision.objects.approved().filter(answer=OuterRef("pk"))))


class ReferenceAnswer(models.Model):
    query = models.ForeignKey(Query, models.PROTECT, related_name="references", verbose_name=_("query"))
    level = models.SmallIntegerField(_("level"))

    objects = ReferenceAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference answer")
        verbose_name_plural = _("reference answers")
        ordering = ["query", "level"]
        constraints = [models.UniqueConstraint(fields=["query", "level"], name="reference_level_once")]

    def __str__(self) -> str:
        return f"{self.query}: {self.level}"


class ReferenceRevisionQuerySet(models.QuerySet["ReferenceRevision"]):
    def approved(self) -> Self:
        """Of these, the one with the greatest number is the reference answer for everybody who reads it."""
        return self.filter(APPROVED)

    def waiting(self) -> Self:
        """Those that somebody else than the author may still approve."""
        later = ReferenceRevision.objects.approved().filter(answer=OuterRef("answer"), number__gt=OuterRef("number"))
        return self.exclude(APPROVED).filter(~Exists(later))


class ReferenceRevision(models.Model):
    answer = models.ForeignKey(ReferenceAnswer, models.PROTECT, related_name="revisions", verbose_name=_("reference answer"))
    number = models.PositiveSmallIntegerField(_("number"))
    blocks = models.JSONField(_("answer"))
    profile = models.JSONField(_("level per criterion"), null=True, blank=True)
    # nobody: it came with a file
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)

    objects = ReferenceRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision of a reference answer")
        verbose_name_plural = _("revisions of reference answers")
        ordering = ["answer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="reference_revision_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reference_revision_from_1"),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | (Q(approved_by__isnull=False, approved_at__isnull=False, made_by__isnull=False) & ~Q(approved_by=F("made_by"))),
                name="reference_revision_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} ({self.number})"

    @property
    def is_approved(self) -> bool:
        return self.made_by_id is None or self.approved_at is not None


class EarlierReferenceQuerySet(models.QuerySet["EarlierReference"]):
    def levels(self, task: int) -> dict[int, list[int]]:
        """By annotator, the levels of which they saw an earlier reference answer of the task's query, or none."""
        of_annotator: dict[int, set[int]] = {}
        for annotator, level in self.filter(task=task).order_by().values_list("annotator", "revision__answer__level"):
            of_annotator.setdefault(annotator, set()).add(level)
        return {annotator: sorted(levels) for annotator, levels in of_annotator.items()}


class EarlierReference(models.Model):
    """That somebody had judged a task, or held it, when the revision was approved: they had read the answer before it, or none.

    Written when a revision is approved, as that happens seldom and submissions are many.
    """

    task = models.ForeignKey("annotation.Task", models.PROTECT, related_name="+", verbose_name=_("task"))
    annotator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("annotator"))
    revision = models.ForeignKey(
        ReferenceRevision, models.PROTECT, related_name="+", verbose_name=_("revision that was approved later")
    )

    objects = EarlierReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("judgement with an earlier reference answer")
        verbose_name_plural = _("judgements with earlier reference answers")
        ordering = ["task", "annotator", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["task", "annotator", "revision"], name="earlier_reference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.task}, {self.annotator}: {self.revision}"
