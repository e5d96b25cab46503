"""Pairs of queries that may be the same, and the verdict of a person."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotation.models.content import Query
from annotation.models.projects import Project, has_role


class PossibleDuplicateQuerySet(models.QuerySet["PossibleDuplicate"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(has_role(user, "manager"))

    def of_query(self, query: Query) -> Self:
        return self.filter(Q(first=query) | Q(second=query))

    def undecided(self) -> Self:
        """The pairs that await a verdict: without those whose query was dropped otherwise, since nothing is left to decide."""
        return self.filter(verdict="", first__dropped_at=None, second__dropped_at=None)

    def decided(self) -> Self:
        return self.exclude(verdict="")

    def with_queries(self) -> Self:
        return self.select_related("project", "first__merged_into", "second__merged_into", "decided_by")

    def strongest_first(self) -> Self:
        return self.order_by("-strength", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-decided_at", "pk")


class PossibleDuplicate(models.Model):
    """`reasons` holds the similarities: {"text": share of word triples, "source": "same" or "similar", "image": bits that
    differ between the nearest two images}. `strength` is their sum, by which the pairs are sorted.
    """

    class Verdict(models.TextChoices):
        DIFFERENT = "different", _("different")
        MERGED = "merged", _("merged")
        DROPPED = "dropped", _("dropped")

    project = models.ForeignKey(Project, models.PROTECT, related_name="possible_duplicates", verbose_name=_("project"))
    first = models.ForeignKey(Query, models.PROTECT, related_name="pairs_as_first", verbose_name=_("first query"))
    second = models.ForeignKey(Query, models.PROTECT, related_name="pairs_as_second", verbose_name=_("second query"))
    reasons = models.JSONField(_("reasons"))
    strength = models.FloatField(_("strength"))
    found_at = models.DateTimeField(_("found at"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["project", "-strength", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
            models.CheckConstraint(condition=Q(verdict__in=["", "different", "merged", "dropped"]), name="pair_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict="", decided_by=None, decided_at=None)
                | (~Q(verdict="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="pair_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["project", "verdict", "-strength"], name="pair_strongest")]

    def __str__(self) -> str:
        return f"{self.first}, {self.second}"

    @property
    def dropped_query(self) -> Query | None:
        """The query that the verdict took out of the study."""
        return next(
            (query for query in (self.first, self.second) if query.dropped_at and query.dropped_at == self.decided_at), None
        )
