"""Messages about one response: a flag to the managers, an annotation sent back with a note, a comment on a decision."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.adjudication import Adjudication
from annotation.models.annotations import Annotation, Revision
from annotation.models.assignments import Concern
from annotation.models.projects import Project, has_role
from annotation.models.tasks import Task


class FlagQuerySet(models.QuerySet["Flag"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(has_role(user, "manager"))

    def open(self) -> Self:
        return self.filter(settled_at=None)


class Flag(models.Model):
    """An annotator asks the project's managers to look at a response."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="flags", verbose_name=_("project"))
    task = models.ForeignKey(Task, models.PROTECT, related_name="flags", verbose_name=_("task"))
    annotator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="flags", verbose_name=_("annotator"))
    kind = models.CharField(_("reason"), max_length=20, choices=Concern)
    note = models.TextField(_("note"), blank=True)
    raised_at = models.DateTimeField(_("raised at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["project", "raised_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["broken_image", "unclear_query", "harmful", "conflict", "other"]), name="flag_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="flag_settled_by_somebody",
            ),
            models.UniqueConstraint(fields=["task", "annotator", "kind"], condition=Q(settled_at=None), name="flag_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.get_kind_display()}"


class SentBackQuerySet(models.QuerySet["SentBack"]):
    def open(self) -> Self:
        """Those that await a revision."""
        return self.filter(answer=None, withdrawn_at=None)


class SentBack(models.Model):
    """A manager or, in a case, an adjudicator returned an annotation for revision, with a note; `answer` is the revision that
    followed, unless it was called back before."""

    annotation = models.ForeignKey(Annotation, models.PROTECT, related_name="sent_back", verbose_name=_("annotation"))
    note = models.TextField(_("note"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    answer = models.OneToOneField(
        Revision, models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("answered by")
    )
    adjudication = models.ForeignKey(
        Adjudication, models.PROTECT, null=True, blank=True, related_name="sent_back", verbose_name=_("adjudication")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = SentBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("annotation sent back")
        verbose_name_plural = _("annotations sent back")
        ordering = ["annotation", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["annotation"], condition=Q(answer=None, withdrawn_at=None), name="sent_back_awaited_once"
            ),
            models.CheckConstraint(condition=Q(answer=None) | Q(withdrawn_at=None), name="sent_back_answered_or_withdrawn"),
            models.CheckConstraint(condition=~Q(note=""), name="sent_back_with_a_note"),
        ]

    def __str__(self) -> str:
        return self.note


class CaseComment(models.Model):
    """Annotators and adjudicators talk about a case after its decision."""

    adjudication = models.ForeignKey(Adjudication, models.PROTECT, related_name="comments", verbose_name=_("adjudication"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["adjudication", "at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_not_empty")]

    def __str__(self) -> str:
        return self.text
