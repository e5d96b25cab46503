"""How a disagreement was settled: the adjudicator's blind scores first; then, with the others' scores in view, the decision."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.projects import has_role
from annotation.models.tasks import Task
from rubrics.models import Criterion, Level


class AdjudicationQuerySet(models.QuerySet["Adjudication"]):
    def for_adjudicator(self, user: Any) -> Self:
        return self.filter(has_role(user, "adjudicator", "task__project"), adjudicator=user)

    def decided(self) -> Self:
        return self.filter(decided_at__isnull=False)


class Adjudication(models.Model):
    task = models.ForeignKey(Task, models.PROTECT, related_name="adjudications", verbose_name=_("task"))
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    adjudicator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="adjudications", verbose_name=_("adjudicator")
    )
    started_at = models.DateTimeField(_("started at"))
    revealed_at = models.DateTimeField(_("revealed at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = AdjudicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("adjudication")
        verbose_name_plural = _("adjudications")
        ordering = ["task", "round"]
        constraints = [
            models.UniqueConstraint(fields=["task", "round"], name="adjudication_once"),
            models.CheckConstraint(condition=Q(round__gte=1), name="adjudication_round_from_1"),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(revealed_at__isnull=False), name="adjudication_unseen_before_decided"
            ),
        ]

    def __str__(self) -> str:
        return str(self.task)


class Decision(models.Model):
    """One criterion of an adjudication: the adjudicator's blind score, and the decision. Both are kept.

    A rated criterion has a level or is not applicable; a penalty applies (`given`) or does not. There is no decision without
    a blind score, nor without its cause.
    """

    class Cause(models.TextChoices):
        RUBRIC_GAP = "rubric_gap", _("gap in the rubric")
        ITEM_FAULT = "item_fault", _("fault in the item")
        SLIP = "slip", _("slip")
        AMBIGUITY = "ambiguity", _("genuine ambiguity")

    adjudication = models.ForeignKey(Adjudication, models.PROTECT, related_name="decisions", verbose_name=_("adjudication"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="decisions", verbose_name=_("criterion"))
    disputed = models.BooleanField(_("disputed"))
    blind_level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("blind level"))
    blind_na = models.BooleanField(_("blind: not applicable"), default=False)
    blind_given = models.BooleanField(_("blind: penalty applies"), null=True, blank=True)
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("level"))
    na = models.BooleanField(_("not applicable"), default=False)
    given = models.BooleanField(_("penalty applies"), null=True, blank=True)
    cause = models.CharField(_("cause"), max_length=20, choices=Cause, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["adjudication", "criterion__place"]
        _blind = (
            Q(blind_level__isnull=False, blind_na=False, blind_given=None)
            | Q(blind_level=None, blind_na=True, blind_given=None)
            | Q(blind_level=None, blind_na=False, blind_given__isnull=False)
        )
        _final = (
            Q(level__isnull=False, na=False, given=None)
            | Q(level=None, na=True, given=None)
            | Q(level=None, na=False, given__isnull=False)
        )
        _no_blind = Q(blind_level=None, blind_na=False, blind_given=None)
        _no_final = Q(level=None, na=False, given=None, cause="")
        constraints = [
            models.UniqueConstraint(fields=["adjudication", "criterion"], name="decision_once"),
            models.CheckConstraint(condition=_no_blind | _blind, name="decision_unseen_one_answer"),
            models.CheckConstraint(
                condition=_no_final | (_final & _blind & Q(cause__in=["rubric_gap", "item_fault", "slip", "ambiguity"])),
                name="decision_after_unseen_with_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adjudication}: {self.criterion}"

    @property
    def blind_answer(self) -> Any:
        """The level's value, "na", True or False for a penalty; None while there is none."""
        return "na" if self.blind_na else self.blind_level.value if self.blind_level else self.blind_given

    @property
    def answer(self) -> Any:
        """The decision, in the same form as blind_answer."""
        return "na" if self.na else self.level.value if self.level else self.given
