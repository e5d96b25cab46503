"""What somebody may score in a project: categories and languages, systems that they are tied to, and how many responses a day.

Categories and languages are the person's own, or those of the cohort that they belong to. Where both have some, both count.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.fields import LONGEST_LANGUAGE
from annotation.models.people import Participation
from annotation.models.projects import Project


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


class Cohort(models.Model):
    """A named group of those who take part, such as experts and crowd."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="cohorts", verbose_name=_("project"))
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["project", "name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="cohort_once"),
            models.CheckConstraint(condition=~Q(name=""), name="cohort_with_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CohortMemberQuerySet(models.QuerySet["CohortMember"]):
    def names(self, project: Project) -> dict[int, str]:
        """The name of each person's cohort, by the person's primary key, former members among them."""
        of_project = self.filter(cohort__project=project).order_by()
        return dict(of_project.values_list("participation__user", "cohort__name"))


class CohortMember(models.Model):
    """That somebody belongs to a cohort, to one at most. Stays when the membership ends."""

    participation = models.OneToOneField(
        Participation, models.PROTECT, related_name="cohort_member", verbose_name=_("participation")
    )
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="members", verbose_name=_("cohort"))

    objects = CohortMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a cohort")
        verbose_name_plural = _("members of cohorts")
        ordering = ["cohort", "participation"]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.participation}"


class CohortLimitQuerySet(models.QuerySet[Any]):
    def of(self, user: Any, project: Any) -> Self:
        """Those of the cohort that the person belongs to."""
        of_person = {"participation__user": user, "participation__project": project}
        return self.filter(**{f"cohort__members__{name}": value for name, value in of_person.items()})


class CohortCategory(models.Model):
    """A category that the cohort scores; without one it scores all."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="categories", verbose_name=_("cohort"))
    category = models.SlugField(_("category"), max_length=100)

    objects = CohortLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("category that a cohort scores")
        verbose_name_plural = _("categories that cohorts score")
        ordering = ["cohort", "category"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "category"], name="cohort_category_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.category}"


class CohortLanguage(models.Model):
    """A language whose queries the cohort scores, beside those of no language; without one it scores all."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="languages", verbose_name=_("cohort"))
    language = models.CharField(_("language"), max_length=LONGEST_LANGUAGE)

    objects = CohortLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("language that a cohort scores")
        verbose_name_plural = _("languages that cohorts score")
        ordering = ["cohort", "language"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "language"], name="cohort_language_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.language}"
