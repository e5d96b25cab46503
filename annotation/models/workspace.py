"""The settings of the annotators' page, and the types of errors that annotators can mark."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.content import Response
from annotation.models.projects import Project


class Asked(models.TextChoices):
    OFF = "off", _("not asked for")
    ASKED = "asked", _("asked for, may be left empty")
    REQUIRED = "required", _("required")


class Blur(models.TextChoices):
    NEVER = "never", _("never")
    MARKED = "marked", _("where the material is marked as harmful")
    ALWAYS = "always", _("always")


class Workspace(models.Model):
    """One row per project, made with it."""

    project = models.OneToOneField(Project, models.PROTECT, primary_key=True, related_name="workspace", verbose_name=_("project"))
    feedback = models.CharField(_("feedback"), max_length=10, choices=Asked, default=Asked.ASKED)
    confidence = models.CharField(_("confidence per criterion"), max_length=10, choices=Asked, default=Asked.OFF)
    overall_shown = models.BooleanField(_("the overall is shown before it is submitted"), default=False)
    ladder_after_first_score = models.BooleanField(_("reference answers open with the first score"), default=False)
    reopening = models.BooleanField(_("annotators may revise what they have submitted"), default=True)
    blur = models.CharField(_("blurred until asked for"), max_length=10, choices=Blur, default=Blur.MARKED)
    errors_below = models.PositiveSmallIntegerField(_("an error is required when a score is below"), null=True, blank=True)

    class Meta:
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")
        constraints = [
            models.CheckConstraint(condition=Q(feedback__in=["off", "asked", "required"]), name="workspace_feedback_known"),
            models.CheckConstraint(condition=Q(confidence__in=["off", "asked", "required"]), name="workspace_confidence_known"),
            models.CheckConstraint(condition=Q(blur__in=["never", "marked", "always"]), name="workspace_blur_known"),
        ]

    def __str__(self) -> str:
        return str(self.project)

    def blurs(self, response: Response) -> bool:
        """Whether the response is blurred until it is asked for."""
        return self.blur == Blur.ALWAYS or (self.blur == Blur.MARKED and response.metadata.get("harmful") is True)


class ErrorTypeQuerySet(models.QuerySet["ErrorType"]):
    def offered(self, project: Any) -> Self:
        """The types that annotators can mark now. A retired type stays with the revisions that have marks of it."""
        return self.filter(project=project, retired_at=None)


class ErrorType(models.Model):
    """A kind of error that annotators can mark in a response, or in one of its blocks."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="error_types", verbose_name=_("project"))
    key = models.SlugField(_("key"), max_length=100, allow_unicode=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    place = models.PositiveSmallIntegerField(_("place"))
    retired_at = models.DateTimeField(_("taken off the list at"), null=True, blank=True)

    objects = ErrorTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("type of error")
        verbose_name_plural = _("types of errors")
        ordering = ["project", "place", "key"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="error_type_once")]

    def __str__(self) -> str:
        return self.title
