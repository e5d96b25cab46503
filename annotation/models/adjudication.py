"""How a disagreement was settled: the adjudicator's blind scores first; then, with the others' scores in view, the decision."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotation.models.annotations import Revision
from annotation.models.people import Membership
from annotation.models.projects import Project, second_factor_given
from annotation.models.tasks import Task
from rubrics.models import Criterion, Level

ONE_ANSWER = (
    Q(level__isnull=False, na=False, given=None)
    | Q(level=None, na=True, given=None)
    | Q(level=None, na=False, given__isnull=False)
)
NO_ANSWER = Q(level=None, na=False, given=None)


def may_decide(user: Any, project: str) -> Q:
    """A condition: the user decides, as adjudicator or by the rules, in the project to which the lookup `project` leads."""
    memberships = Membership.objects.filter(project=OuterRef(f"{project}_id" if project else "pk"), user=user)
    manager = Q(role="manager", project__rules__deciders="managers") & second_factor_given(user, "project__")
    return Q(Exists(memberships.filter(Q(role="adjudicator") | manager)))


class AdjudicationQuerySet(models.QuerySet["Adjudication"]):
    def open(self) -> Self:
        return self.filter(decided_at=None)

    def ended(self) -> Self:
        return self.filter(decided_at__isnull=False)

    def decided(self) -> Self:
        """Those with a decision per criterion; not the responses that were marked unusable."""
        return self.filter(outcome=Adjudication.Outcome.DECIDED)

    def unusable(self) -> Self:
        return self.filter(outcome=Adjudication.Outcome.UNUSABLE)

    def of_annotator(self, user: Any, project: Project) -> Self:
        """The cases of responses that the annotator judged, in a project in which they are one."""
        member = Exists(Membership.objects.filter(project=project, user=user, role="annotator"))
        return self.filter(member, task__project=project, task__annotations__annotator=user)

    def standing(self) -> Self:
        """Ended, not reopened since, and no second adjudicator's: what labels take."""
        return self.ended().filter(reopening=None, second=False)

    def undecided_seconds_of(self, user: Any) -> Self:
        """The second decisions that the person has begun, or is to make: the first one must not be told to them."""
        return self.open().filter(Q(reserved_for=user) | Q(reviews__adjudicator=user), second=True)

    def overtaken(self) -> Self:
        """Those since whose decision, or its confirmation, the response was judged or revised."""
        since = Coalesce(OuterRef("confirmed_at"), OuterRef("decided_at"))
        newer = Revision.objects.filter(annotation__task=OuterRef("task"), submitted_at__gt=since)
        return self.filter(Exists(newer.filter(Q(annotation__task__project__rules__labels_from="newest") | Q(number=1))))


class Adjudication(models.Model):
    """A case: one response in dispute, in one round. A decision that is reopened stays, and the next round begins.

    `second`: another adjudicator decides the response once more, so that adjudicators can be compared; labels take the
    first decision. `confirmed_at`: a manager has seen that scores changed since the decision, and let it stand.
    """

    class Outcome(models.TextChoices):
        OPEN = "", _("open")
        DECIDED = "decided", _("decided")
        UNUSABLE = "unusable", _("marked unusable")

    task = models.ForeignKey(Task, models.PROTECT, related_name="adjudications", verbose_name=_("task"))
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    second = models.BooleanField(_("second decision for comparison"), default=False)
    started_at = models.DateTimeField(_("started at"))
    reserved_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reserved for")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True, default=Outcome.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adjudications",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("why it is unusable"), blank=True)
    feedback = models.TextField(_("feedback for the release"), blank=True)
    adopted = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("annotator's feedback that was adopted")
    )
    confirmed_at = models.DateTimeField(_("confirmed after scores changed, at"), null=True, blank=True)

    objects = AdjudicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("adjudication")
        verbose_name_plural = _("adjudications")
        ordering = ["task", "round"]
        constraints = [
            models.UniqueConstraint(fields=["task", "round"], name="adjudication_once"),
            models.UniqueConstraint(fields=["task"], condition=Q(decided_at=None), name="adjudication_open_once"),
            models.CheckConstraint(condition=Q(round__gte=1), name="adjudication_round_from_1"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by=None, decided_at=None)
                | Q(outcome__in=["decided", "unusable"], decided_by__isnull=False, decided_at__isnull=False),
                name="adjudication_open_or_ended",
            ),
            models.CheckConstraint(condition=~Q(outcome="unusable", reason=""), name="adjudication_unusable_with_reason"),
        ]

    def __str__(self) -> str:
        return str(self.task)


class CaseReviewQuerySet(models.QuerySet["CaseReview"]):
    def for_decider(self, user: Any) -> Self:
        """The person's own parts in cases, of projects in which they may decide."""
        return self.filter(may_decide(user, "project"), adjudicator=user)

    def held(self) -> Self:
        return self.filter(ended_at=None)

    def decided_by(self, user: Any) -> Self:  # after the reveal: marked unusable before it, a case stays blind
        return self.filter(adjudicator=user, revealed_at__isnull=False, ending__in=["decided", "unusable"])


class CaseReview(models.Model):
    """One adjudicator's part in a case, kept for good: held with a lease, then ended; when it was scored blind, and when the
    annotators' scores were revealed.

    Somebody to whom the scores of the response were revealed before (in another round, or as a manager) has no blind scores:
    their review is revealed from the start.
    """

    class Ending(models.TextChoices):
        DECIDED = "decided", _("decided")
        UNUSABLE = "unusable", _("marked unusable")
        SKIPPED = "skipped", _("skipped")
        HANDED_OVER = "handed_over", _("handed over")
        TAKEN_BACK = "taken_back", _("taken back by a manager")
        LAPSED = "lapsed", _("lease ran out")
        SENT_BACK = "sent_back", _("sent back to an annotator")
        FURTHER = "further", _("one more annotator asked")

    adjudication = models.ForeignKey(Adjudication, models.PROTECT, related_name="reviews", verbose_name=_("adjudication"))
    project = models.ForeignKey(Project, models.PROTECT, related_name="reviews", verbose_name=_("project"))  # copied: one held
    adjudicator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews", verbose_name=_("adjudicator")
    )
    claimed_at = models.DateTimeField(_("claimed at"))
    lease_expires_at = models.DateTimeField(_("lease expires at"), null=True, blank=True)
    blind_at = models.DateTimeField(_("scored blind at"), null=True, blank=True)
    revealed_at = models.DateTimeField(_("scores revealed at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=20, choices=Ending, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    blind_key = models.CharField(max_length=200, blank=True, editable=False)  # idempotency keys
    decision_key = models.CharField(max_length=200, blank=True, editable=False)

    objects = CaseReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("part in a case")
        verbose_name_plural = _("parts in cases")
        ordering = ["adjudication", "claimed_at"]
        constraints = [
            models.UniqueConstraint(fields=["adjudication", "adjudicator"], name="review_once"),
            models.UniqueConstraint(fields=["adjudication"], condition=Q(ended_at=None), name="review_held_once"),
            models.UniqueConstraint(
                fields=["project", "adjudicator"], condition=Q(ended_at=None), name="review_held_one_per_adjudicator"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="", lease_expires_at__isnull=False)
                | (
                    Q(ended_at__isnull=False, lease_expires_at=None)
                    & Q(
                        ending__in=[
                            "decided",
                            "unusable",
                            "skipped",
                            "handed_over",
                            "taken_back",
                            "lapsed",
                            "sent_back",
                            "further",
                        ]
                    )
                ),
                name="review_held_or_ended",
            ),
            models.CheckConstraint(condition=Q(blind_at=None) | Q(revealed_at__isnull=False), name="review_revealed_once_blind"),
            models.CheckConstraint(condition=~Q(ending="skipped", reason=""), name="review_skipped_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.adjudication}: {self.adjudicator}"


class CriterionAnswer(models.Model):
    """An adjudicator's answer to a criterion: a level, or not applicable; a penalty applies (`given`) or does not."""

    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("level"))
    na = models.BooleanField(_("not applicable"), default=False)
    given = models.BooleanField(_("penalty applies"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def answer(self) -> Any:
        """The level's value, "na", True or False for a penalty; None while there is none."""
        return "na" if self.na else self.level.value if self.level else self.given


class BlindScore(CriterionAnswer):
    """What an adjudicator scored before the annotators' scores were revealed."""

    review = models.ForeignKey(CaseReview, models.PROTECT, related_name="blind_scores", verbose_name=_("part in a case"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="blind_scores", verbose_name=_("criterion"))

    class Meta:
        verbose_name = _("blind score")
        verbose_name_plural = _("blind scores")
        ordering = ["review", "criterion__place"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="blind_score_once"),
            models.CheckConstraint(condition=ONE_ANSWER, name="blind_score_one_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.answer}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def made(self) -> Self:
        return self.exclude(NO_ANSWER)  # which those of a case have that is open, or ended otherwise

    def of_disputes(self) -> Self:
        return self.filter(disputed=True, adjudication__second=False)  # without the undisputed ones that are mixed in


class Decision(CriterionAnswer):
    """One criterion that a case asks, then what was decided. Its cause is empty where the annotators gave the same answer."""

    class Cause(models.TextChoices):
        RUBRIC_GAP = "rubric_gap", _("gap in the rubric")
        ITEM_FAULT = "item_fault", _("fault in the item")
        SLIP = "slip", _("slip")
        AMBIGUITY = "ambiguity", _("genuine ambiguity")

    adjudication = models.ForeignKey(Adjudication, models.PROTECT, related_name="decisions", verbose_name=_("adjudication"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="decisions", verbose_name=_("criterion"))
    disputed = models.BooleanField(_("disputed"))
    cause = models.CharField(_("cause"), max_length=20, choices=Cause, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["adjudication", "criterion__place"]
        constraints = [
            models.UniqueConstraint(fields=["adjudication", "criterion"], name="decision_once"),
            models.CheckConstraint(
                condition=NO_ANSWER & Q(cause="")
                | ONE_ANSWER & Q(cause__in=["", "rubric_gap", "item_fault", "slip", "ambiguity"]),
                name="decision_cause_with_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adjudication}: {self.criterion}"


class Reopening(models.Model):
    """A decision was reopened: the next round begins, and this one stays in the history."""

    adjudication = models.OneToOneField(Adjudication, models.PROTECT, related_name="reopening", verbose_name=_("adjudication"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("reopening")
        verbose_name_plural = _("reopenings")
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_with_reason")]

    def __str__(self) -> str:
        return self.reason
