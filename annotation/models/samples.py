"""Samples: which responses of a larger pool are to be scored, how they were drawn, and the chance that each had."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.projects import Project, has_role
from annotation.models.tasks import Task


class SampleQuerySet(models.QuerySet["Sample"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(has_role(user, "manager")).select_related("project", "drawn_by")


class Sample(models.Model):
    """One draw from those tasks of a project that had no slots then. `strata` has a row for each stratum: the values of `by`, how
    many responses or queries it had, and how many of them were drawn."""

    class Unit(models.TextChoices):
        RESPONSE = "response", _("responses")
        QUERY = "query", _("queries, with all their responses")

    class Allocation(models.TextChoices):
        PROPORTIONAL = "proportional", _("as the pool has them")
        EQUAL = "equal", _("as many of each")

    project = models.ForeignKey(Project, models.PROTECT, related_name="samples", verbose_name=_("project"))
    number = models.PositiveIntegerField(_("number"))
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    size = models.PositiveIntegerField(_("size"))
    by = models.JSONField(_("strata"), default=list)
    allocation = models.CharField(_("allocation"), max_length=20, choices=Allocation)
    systems = models.JSONField(_("systems"), default=list, blank=True)  # of these alone; empty for all
    seed = models.BigIntegerField(_("seed"))
    strata = models.JSONField(_("draw"))
    drawn_at = models.DateTimeField(_("drawn at"), auto_now_add=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("drawn by")
    )

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="sample_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="sample_number_from_1"),
            models.CheckConstraint(condition=Q(size__gte=1), name="sample_size_from_1"),
            models.CheckConstraint(condition=Q(unit__in=["response", "query"]), name="sample_unit_known"),
            models.CheckConstraint(condition=Q(allocation__in=["proportional", "equal"]), name="sample_allocation_known"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.number}"


class SampledTask(models.Model):
    """That a task was drawn. `chance` is the share of its stratum that was."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="sampled", verbose_name=_("sample"))
    task = models.OneToOneField(Task, models.PROTECT, related_name="sampled", verbose_name=_("task"))
    chance = models.FloatField(_("chance"))

    class Meta:
        verbose_name = _("sampled task")
        verbose_name_plural = _("sampled tasks")
        ordering = ["sample", "task"]
        constraints = [models.CheckConstraint(condition=Q(chance__gt=0, chance__lte=1), name="sampled_with_a_chance")]

    def __str__(self) -> str:
        return f"{self.sample}: {self.task}"
