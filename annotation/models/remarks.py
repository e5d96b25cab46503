"""The remarks of a revision: notes and error marks; and its looks at reference answers. Rows are never changed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotation.models.annotations import Revision
from annotation.models.workspace import ErrorType
from rubrics.models import Criterion


class Part(models.TextChoices):
    QUERY = "query", _("query")
    RESPONSE = "response", _("response")


class Note(models.Model):
    """A text on a criterion, or on a block (counted from 1) of the query or the response."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="notes", verbose_name=_("revision"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="notes", verbose_name=_("criterion")
    )
    part = models.CharField(_("part"), max_length=10, choices=Part, blank=True)
    block = models.PositiveSmallIntegerField(_("block"), null=True, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["revision", "criterion__place", "part", "block"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "criterion"], condition=Q(criterion__isnull=False), name="note_once_per_criterion"
            ),
            models.UniqueConstraint(
                fields=["revision", "part", "block"], condition=Q(block__isnull=False), name="note_once_per_block"
            ),
            models.CheckConstraint(
                condition=Q(criterion__isnull=False, part="", block=None)
                | Q(criterion=None, part__in=["query", "response"], block__gte=1, block__isnull=False),
                name="note_on_criterion_or_block",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ErrorMark(models.Model):
    """An error of the response as a whole, or of one of its blocks (counted from 1)."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="error_marks", verbose_name=_("revision"))
    error_type = models.ForeignKey(ErrorType, models.PROTECT, related_name="marks", verbose_name=_("type of error"))
    block = models.PositiveSmallIntegerField(_("block"), null=True, blank=True)

    class Meta:
        verbose_name = _("error")
        verbose_name_plural = _("errors")
        ordering = ["revision", "error_type__place", "block"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "error_type", "block"], condition=Q(block__isnull=False), name="error_once_per_block"
            ),
            models.UniqueConstraint(fields=["revision", "error_type"], condition=Q(block=None), name="error_once_per_response"),
            models.CheckConstraint(condition=Q(block=None) | Q(block__gte=1), name="error_block_from_1"),
        ]

    def __str__(self) -> str:
        return str(self.error_type)


class Look(models.Model):
    """The annotator had the reference answers of these levels open: levels of `criterion`, or without one overall levels."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="looks", verbose_name=_("revision"))
    low = models.SmallIntegerField(_("lowest level"))
    high = models.SmallIntegerField(_("highest level"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="looks", verbose_name=_("criterion")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("look at reference answers")
        verbose_name_plural = _("looks at reference answers")
        ordering = ["revision", "at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(low__lte=F("high")), name="look_ascends")]

    def __str__(self) -> str:
        return f"{self.low}–{self.high}"
