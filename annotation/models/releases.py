"""Releases: labels frozen as rows, as they were when the release was made."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.projects import Project
from annotation.models.tasks import Task
from rubrics.models import Criterion


class How(models.TextChoices):
    AGREED = "agreed", _("agreed")
    ADJUDICATED = "adjudicated", _("adjudicated")


class Release(models.Model):
    project = models.ForeignKey(Project, models.PROTECT, related_name="releases", verbose_name=_("project"))
    version = models.PositiveIntegerField(_("version"))
    seed = models.BigIntegerField(_("seed"))
    manifest = models.JSONField(_("manifest"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["project", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="release_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="release_version_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.project.slug} {self.version}"


class Label(models.Model):
    """The final value of one task, in a release. `fair` is the fair value of its overall with its standard error, or neither."""

    class Split(models.TextChoices):
        TRAIN = "train", _("train")
        CHECK = "check", _("check")

    release = models.ForeignKey(Release, models.PROTECT, related_name="labels", verbose_name=_("release"))
    task = models.ForeignKey(Task, models.PROTECT, related_name="labels", verbose_name=_("task"))
    split = models.CharField(_("split"), max_length=10, choices=Split)
    how = models.CharField(_("how"), max_length=20, choices=How)
    overall = models.FloatField(_("overall"))
    score = models.SmallIntegerField(_("score"))
    fair = models.FloatField(_("fair value"), null=True, blank=True)
    fair_se = models.FloatField(_("standard error of the fair value"), null=True, blank=True)

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ["release", "task"]
        constraints = [
            models.UniqueConstraint(fields=["release", "task"], name="label_once"),
            models.CheckConstraint(condition=Q(split__in=["train", "check"]), name="label_split_known"),
            models.CheckConstraint(condition=Q(how__in=["agreed", "adjudicated"]), name="label_how_known"),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.overall}"


class CriterionLabel(models.Model):
    """One criterion of a label: a value, or none where it is not applicable; for a penalty whether it applies (`given`).

    `fair` is the fair value of a rated criterion with its standard error, or neither.
    """

    label = models.ForeignKey(Label, models.PROTECT, related_name="criteria", verbose_name=_("label"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="labels", verbose_name=_("criterion"))
    value = models.FloatField(_("value"), null=True, blank=True)
    given = models.BooleanField(_("penalty applies"), null=True, blank=True)
    how = models.CharField(_("how"), max_length=20, choices=How)
    fair = models.FloatField(_("fair value"), null=True, blank=True)
    fair_se = models.FloatField(_("standard error of the fair value"), null=True, blank=True)

    class Meta:
        verbose_name = _("label of a criterion")
        verbose_name_plural = _("labels of criteria")
        ordering = ["label", "criterion__place"]
        constraints = [
            models.UniqueConstraint(fields=["label", "criterion"], name="criterion_label_once"),
            models.CheckConstraint(condition=Q(value=None) | Q(given=None), name="criterion_label_value_or_given"),
            models.CheckConstraint(condition=Q(how__in=["agreed", "adjudicated"]), name="criterion_label_how_known"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.criterion}"
