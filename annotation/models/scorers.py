"""Automatic scorers with the runs of their scores: nothing of a run changes or is deleted; a scorer is withdrawn.

No annotator and no adjudicator is shown any of this (docs/check-a-scorer.md).
"""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotation.models.projects import Project, has_role
from annotation.models.releases import Release
from annotation.models.tasks import Task
from rubrics.models import Criterion


class ScorerQuerySet(models.QuerySet["Scorer"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(has_role(user, "manager")).select_related("project")

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def in_list(self) -> Self:
        """By name, each with who made and who withdrew it, what it was trained on, and its runs."""
        people = self.select_related("project", "made_by", "withdrawn_by", "trained_on")
        return people.prefetch_related(models.Prefetch("runs", ScorerRun.objects.select_related("made_by"))).order_by("name")


class Scorer(models.Model):
    """`trained_on` is the release on whose train split it was trained, where somebody has said so."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="scorers", verbose_name=_("project"))
    name = models.CharField(_("name"), max_length=200)
    trained_on = models.ForeignKey(
        Release, models.PROTECT, null=True, blank=True, related_name="trained_scorers", verbose_name=_("trained on")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("reason of the withdrawal"), blank=True)

    objects = ScorerQuerySet.as_manager()

    class Meta:
        verbose_name = _("scorer")
        verbose_name_plural = _("scorers")
        ordering = ["project", "name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="scorer_once"),
            models.CheckConstraint(condition=~Q(name=""), name="scorer_with_name"),
            models.CheckConstraint(  # without withdrawn_by it was a command
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="scorer_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class ScorerRun(models.Model):
    """The scores that one file has of one run. `label` is the run as the file names it, empty where it does not.

    `scale_low` and `scale_high` are the scale that was declared for the file, or neither. `counts` is what the file held, of
    the whole project: responses, scored, unreadable with the reasons, and so on (flow/check/store.py).
    """

    scorer = models.ForeignKey(Scorer, models.PROTECT, related_name="runs", verbose_name=_("scorer"))
    number = models.PositiveIntegerField(_("number"))
    label = models.CharField(_("name in the file"), max_length=200, blank=True)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("hash of the file"), max_length=64)
    from_mmie = models.BooleanField(_("MMIE's result file"), default=False)
    scale_low = models.FloatField(_("lowest value of its scale"), null=True, blank=True)
    scale_high = models.FloatField(_("highest value of its scale"), null=True, blank=True)
    counts = models.JSONField(_("counts"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("run of a scorer")
        verbose_name_plural = _("runs of scorers")
        ordering = ["scorer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["scorer", "number"], name="scorer_run_once"),
            models.UniqueConstraint(fields=["scorer", "sha256", "label"], name="scorer_run_of_a_file_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="scorer_run_from_1"),
            models.CheckConstraint(
                condition=Q(scale_low=None, scale_high=None)
                | Q(scale_low__isnull=False, scale_high__isnull=False, scale_low__lt=F("scale_high")),
                name="scorer_run_scale_ascends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scorer} {self.number}"


class ScorerScore(models.Model):
    """One score of a run: of a criterion, or without one the overall. `raw` is as the file has it, `value` in points of the
    rubric; an unreadable one has neither. What follows "### Score" held `several_numbers`; MMIE's script shows its scorer a
    response that is `cut`."""

    class State(models.TextChoices):
        READ = "read", _("read")
        CLIPPED = "clipped", _("outside the scale, counted at its nearest end")
        UNREADABLE = "unreadable", _("unreadable")

    run = models.ForeignKey(ScorerRun, models.PROTECT, related_name="scores", verbose_name=_("run"))
    task = models.ForeignKey(Task, models.PROTECT, related_name="scorer_scores", verbose_name=_("task"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="scorer_scores", verbose_name=_("criterion")
    )
    raw = models.FloatField(_("score in the file"), null=True, blank=True)
    value = models.FloatField(_("value"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State)
    several_numbers = models.BooleanField(_("several numbers"), default=False)
    cut = models.BooleanField(_("cut by MMIE's script"), default=False)

    class Meta:
        verbose_name = _("score of a scorer")
        verbose_name_plural = _("scores of scorers")
        ordering = ["run", "task", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "task", "criterion"],
                condition=Q(criterion__isnull=False),
                name="scorer_score_of_a_criterion_once",
            ),
            models.UniqueConstraint(fields=["run", "task"], condition=Q(criterion=None), name="scorer_score_once"),
            models.CheckConstraint(condition=Q(state__in=["read", "clipped", "unreadable"]), name="scorer_score_state_known"),
            models.CheckConstraint(
                condition=Q(state="unreadable", raw=None, value=None)
                | Q(raw__isnull=False, value__isnull=False) & ~Q(state="unreadable"),
                name="scorer_score_without_value_unreadable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run}: {self.task}"
