"""A project's rules for disputes and labels: what is disputed, who decides, which revision a label takes."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.projects import Project


class LabelsFrom(models.TextChoices):
    NEWEST = "newest", _("each annotator's newest revision")
    FIRST = "first", _("each annotator's first judgement")


class Deciders(models.TextChoices):
    ADJUDICATORS = "adjudicators", _("adjudicators")
    MANAGERS = "managers", _("adjudicators and managers")


class Rules(models.Model):
    """One row per project, made with it. docs/adjudication.md says where the defaults come from."""

    project = models.OneToOneField(Project, models.PROTECT, primary_key=True, related_name="rules", verbose_name=_("project"))
    pair_gap = models.PositiveSmallIntegerField(_("gap that is a dispute between two ratings"), default=2)
    group_range = models.PositiveSmallIntegerField(_("range that is a dispute among three or more ratings"), default=3)
    penalties = models.BooleanField(_("a penalty that only some gave is a dispute"), default=True)
    applicability = models.BooleanField(_("a criterion that only some found applicable is a dispute"), default=True)
    holistic = models.BooleanField(_("an overall that is scored directly is disputed by the same gaps"), default=True)
    cut_off = models.PositiveSmallIntegerField(
        _("a dispute when some ratings are below this level and others are not"), null=True, blank=True
    )
    deciders = models.CharField(_("who decides"), max_length=20, choices=Deciders, default=Deciders.ADJUDICATORS)
    further_annotator = models.BooleanField(_("one more annotator is asked before an adjudicator"), default=False)
    undisputed_share = models.FloatField(_("share of undisputed responses in the queue"), default=0.05)
    second_share = models.FloatField(_("share of decided responses that a second adjudicator also decides"), default=0)
    labels_from = models.CharField(_("labels are made from"), max_length=10, choices=LabelsFrom, default=LabelsFrom.NEWEST)

    class Meta:
        verbose_name = _("rules for disputes and labels")
        verbose_name_plural = _("rules for disputes and labels")
        constraints = [
            models.CheckConstraint(condition=Q(pair_gap__gte=1, group_range__gte=1), name="rules_dispute_from_1"),
            models.CheckConstraint(condition=Q(cut_off=None) | Q(cut_off__gte=1), name="rules_cut_off_from_1"),
            models.CheckConstraint(
                condition=Q(undisputed_share__gte=0, undisputed_share__lte=1, second_share__gte=0, second_share__lte=1),
                name="rules_shares_0_to_1",
            ),
            models.CheckConstraint(condition=Q(deciders__in=["adjudicators", "managers"]), name="rules_deciders_known"),
            models.CheckConstraint(condition=Q(labels_from__in=["newest", "first"]), name="rules_labels_from_known"),
        ]

    def __str__(self) -> str:
        return str(self.project)

    @property
    def deciding_roles(self) -> tuple[str, ...]:
        return ("adjudicator", "manager") if self.deciders == Deciders.MANAGERS else ("adjudicator",)

    def as_values(self) -> dict[str, Any]:
        """The rules by name, as JSON has them."""
        return {field.attname: getattr(self, field.attname) for field in self._meta.fields if field.name != "project"}
