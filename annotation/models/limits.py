"""What somebody may score in a project: categories and languages, systems that they are tied to, and how many responses a day."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.fields import LONGEST_LANGUAGE
from annotation.models.people import Participation


class LimitQuerySet(models.QuerySet[Any]):
    def of(self, user: Any, project: Any) -> Self:
        return self.filter(participation__user=user, participation__project=project)


class ScoringCategory(models.Model):
    """A category that the person may score; without one they may score all. Stays when the membership ends."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="categories", verbose_name=_("participation"))
    category = models.SlugField(_("category"), max_length=100)

    objects = LimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("category that somebody scores")
        verbose_name_plural = _("categories that somebody scores")
        ordering = ["participation", "category"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "category"], name="scoring_category_once"),
        ]

    def __str__(self) -> str:
        return f"{self.participation}: {self.category}"


class ScoringLanguage(models.Model):
    """A language whose queries the person may score, beside those of no language; without one they may score all. Stays when the
    membership ends."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="languages", verbose_name=_("participation"))
    language = models.CharField(_("language"), max_length=LONGEST_LANGUAGE)

    objects = LimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("language that somebody scores")
        verbose_name_plural = _("languages that somebody scores")
        ordering = ["participation", "language"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "language"], name="scoring_language_once"),
        ]

    def __str__(self) -> str:
        return f"{self.participation}: {self.language}"


class TiedSystem(models.Model):
    """A system that the person has an interest in: they are never shown its responses. Stays when the membership ends."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="tied_systems", verbose_name=_("participation"))
    system = models.CharField(_("system"), max_length=200)

    objects = LimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("system that somebody is tied to")
        verbose_name_plural = _("systems that people are tied to")
        ordering = ["participation", "system"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "system"], name="tied_system_once"),
        ]

    def __str__(self) -> str:
        return f"{self.participation}: {self.system}"


class DailyLimit(models.Model):
    """How many responses the person may submit in a day. Stays when the membership ends."""

    participation = models.OneToOneField(
        Participation, models.PROTECT, related_name="daily_limit", verbose_name=_("participation")
    )
    most = models.PositiveSmallIntegerField(_("most responses per day"))

    objects = LimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("limit of a day")
        verbose_name_plural = _("limits of a day")
        ordering = ["participation"]
        constraints = [
            models.CheckConstraint(condition=Q(most__gte=1), name="daily_limit_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.participation}: {self.most}"
