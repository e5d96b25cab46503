"""Releases: labels frozen as rows, as they were when the release was made; nothing of them changes or is deleted."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotation.models.projects import Project, has_role
from annotation.models.tasks import Task
from rubrics.models import Criterion


class How(models.TextChoices):
    AGREED = "agreed", _("agreed")
    ADJUDICATED = "adjudicated", _("adjudicated")


class ReleaseQuerySet(models.QuerySet["Release"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(has_role(user, "manager")).select_related("project")

    def with_state(self) -> Self:
        """Each with who made it, whether its files are in the storage, and who retracted it; without the names of its files."""
        return self.select_related("made_by", "files", "retraction__by").defer("files__sizes")

    def in_list(self) -> Self:
        """With the manifest's counts alone, which is short: it names every response that was left out."""
        return self.with_state().defer("manifest").annotate(counts=F("manifest__counts"), splits=F("manifest__split"))

    def standing(self) -> Self:
        return self.filter(retraction=None)


class Release(models.Model):
    """`manifest` is that of its files: what it was asked for (`options`), what is in it, and the hash of each file."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="releases", verbose_name=_("project"))
    version = models.PositiveIntegerField(_("version"))
    seed = models.BigIntegerField(_("seed"))
    manifest = models.JSONField(_("manifest"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))

    objects = ReleaseQuerySet.as_manager()

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

    @property
    def is_stored(self) -> bool:
        """Whether its files are in the storage; those of a release that a command wrote with --out are only there."""
        return hasattr(self, "files")

    @property
    def is_retracted(self) -> bool:
        return hasattr(self, "retraction")


class ReleaseFiles(models.Model):
    """The files of a release in the storage: their folder, and the bytes of each by its path in the folder."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="files", verbose_name=_("release"))
    folder = models.CharField(_("folder"), max_length=255)
    sizes = models.JSONField(_("sizes"))

    class Meta:
        verbose_name = _("files of a release")
        verbose_name_plural = _("files of releases")
        ordering = ["release"]

    def __str__(self) -> str:
        return self.folder


class Retraction(models.Model):
    """Somebody took a release back; without `by` it was a command."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="retraction", verbose_name=_("release"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="retractions", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("retraction")
        verbose_name_plural = _("retractions")
        ordering = ["release"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="retraction_with_reason")]

    def __str__(self) -> str:
        return f"{self.release}: {self.reason}"


class Download(models.Model):
    """Somebody downloaded a release."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="downloads", verbose_name=_("release"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="downloads", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        ordering = ["release", "-pk"]

    def __str__(self) -> str:
        return f"{self.release}: {self.by}"


class LabelQuerySet(models.QuerySet["Label"]):
    COLUMNS = {
        "split": "split",
        "how": "how",
        "category": "task__response__query__category",
        "field": "task__response__query__field",
        "system": "task__response__system",
        "score": "score",
    }

    def in_list(self) -> Self:
        """In the order of their keys, with what a list shows of each."""
        key = ("task__response__query__external_id", "task__response__system", "task__response__sample", "task__rubric__slug")
        return self.select_related("task__response__query", "task__rubric").prefetch_related("criteria__criterion").order_by(*key)

    def chosen(self, **values: str | int) -> Self:
        """Of each named column those with this value."""
        return self.filter(**{self.COLUMNS[name]: value for name, value in values.items()})

    def values_of_columns(self) -> dict[str, list[Any]]:
        """What there is to choose from, sorted. One query."""
        rows = set(self.order_by().values_list(*self.COLUMNS.values()).distinct())
        return {name: sorted({row[place] for row in rows}) for place, name in enumerate(self.COLUMNS)}


class Label(models.Model):
    """The final value of one task, in a release. `fair` is the fair value of its overall with its standard error, or neither."""

    class Split(models.TextChoices):
        TRAIN = "train", _("train")
        CHECK = "check", _("check")
        TEST = "test", _("test")

    release = models.ForeignKey(Release, models.PROTECT, related_name="labels", verbose_name=_("release"))
    task = models.ForeignKey(Task, models.PROTECT, related_name="labels", verbose_name=_("task"))
    split = models.CharField(_("split"), max_length=10, choices=Split)
    how = models.CharField(_("how"), max_length=20, choices=How)
    overall = models.FloatField(_("overall"))
    score = models.SmallIntegerField(_("score"))
    fair = models.FloatField(_("fair value"), null=True, blank=True)
    fair_se = models.FloatField(_("standard error of the fair value"), null=True, blank=True)

    objects = LabelQuerySet.as_manager()

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ["release", "task"]
        constraints = [
            models.UniqueConstraint(fields=["release", "task"], name="label_once"),
            models.CheckConstraint(condition=Q(split__in=["train", "check", "test"]), name="label_split_known"),
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
