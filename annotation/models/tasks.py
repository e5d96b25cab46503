"""One response to be judged with one rubric, who has been shown how others scored it, and the samples: which responses of a
larger pool are to be scored, how they were drawn, and the chance that each had."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotation.models.content import Response
from annotation.models.projects import Project, has_role
from rubrics.models import Rubric


class TaskQuerySet(models.QuerySet["Task"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(has_role(user, "manager"))

    def with_history_for(self, user: Any) -> Self:
        """Managers see every history, an adjudicator those of responses that they decided, an annotator those of responses that
        they claimed at any time."""
        # late: those modules import this one
        from annotation.models.adjudication import CaseReview
        from annotation.models.assignments import Assignment, Lapse, Skip
        from annotation.models.people import Membership

        def is_member(role: str) -> Exists:
            return Exists(Membership.objects.entered_by(user).filter(project=OuterRef("project"), role=role))

        decided = Exists(CaseReview.objects.decided_by(user).filter(adjudication__task=OuterRef("pk")))
        of_user = {"task": OuterRef("pk"), "annotator": user}
        lapsed = Exists(Lapse.objects.filter(assignment__task=OuterRef("pk"), annotator=user))
        claimed = Exists(Assignment.objects.filter(**of_user)) | Exists(Skip.objects.filter(**of_user)) | lapsed
        return self.filter(
            Q(is_member("manager")) | Q(is_member("adjudicator")) & Q(decided) | Q(is_member("annotator")) & Q(claimed)
        )

    def ever_in_study(self, project: Project) -> Self:
        """The project's study tasks, those of dropped queries included."""
        return self.filter(project=project, kind=Task.Kind.STUDY)

    def study(self, project: Project) -> Self:
        """The study tasks that agreement, labels, adjudication and releases read: without those of dropped queries."""
        return self.ever_in_study(project).filter(response__query__dropped_at=None)

    def dropped(self, project: Project) -> Self:
        return self.ever_in_study(project).filter(response__query__dropped_at__isnull=False)

    def in_pool(self) -> Self:
        """The tasks without any slot, of which nobody is asked for a judgement until a sample holds them."""
        return self.filter(~Q(has_slots()))

    def to_be_judged(self) -> Self:
        """The others."""
        return self.filter(has_slots())

    def with_overlap(self) -> Any:
        """Each with `wanted`, the judgements that the project asks for, and `slots`, those that it has slots for or has."""
        from annotation.models.assignments import Assignment  # late: that module imports this one

        independent = Assignment.objects.independent().not_withdrawn().filter(task=OuterRef("pk")).order_by()
        in_share = When(draw__lt=F("project__larger_share"), then=F("project__larger_overlap"))
        return self.annotate(
            wanted=Case(in_share, default=F("project__overlap")),
            slots=Coalesce(Subquery(independent.values("task").annotate(number=Count("pk")).values("number")), 0),
        )

    def with_counts(self) -> Self:
        """Each with how many judgements are `wanted` and `submitted`: the slots that are not withdrawn."""
        from annotation.models.assignments import Assignment  # late: that module imports this one

        slots = Assignment.objects.not_withdrawn().filter(task=OuterRef("pk"))

        def number(rows: Any) -> Coalesce:
            return Coalesce(Subquery(rows.order_by().values("task").annotate(number=Count("pk")).values("number")), 0)

        return self.annotate(wanted=number(slots), submitted=number(slots.submitted()))

    def with_fully_judged(self) -> Self:
        """Each with `fully_judged`: whether every independent slot that is not withdrawn has been submitted."""
        from annotation.models.assignments import Assignment  # late: that module imports this one

        independent = Assignment.objects.independent().not_withdrawn().filter(task=OuterRef("pk"))
        return self.annotate(fully_judged=Exists(independent) & ~Exists(independent.filter(submitted_at=None)))


def has_slots() -> Exists:
    from annotation.models.assignments import Assignment  # late: that module imports this one

    return Exists(Assignment.objects.filter(task=OuterRef("pk")))


class Task(models.Model):
    class Kind(models.TextChoices):
        STUDY = "study", _("study")
        ANCHOR = "anchor", _("anchor")
        GATE = "gate", _("gate")
        RERATE = "rerate", _("re-rate")

    project = models.ForeignKey(Project, models.PROTECT, related_name="tasks", verbose_name=_("project"))
    response = models.ForeignKey(Response, models.PROTECT, related_name="tasks", verbose_name=_("response"))
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="tasks", verbose_name=_("rubric"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.STUDY)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    # Its place in the draw of the project's seed, 0 to 1: below the project's share it gets the larger overlap. Empty where it
    # was made before there were draws, until a share is set. Trigger: task_draw_0_to_1.
    draw = models.FloatField(_("draw"), null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["project", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["response", "rubric", "kind", "round"], name="task_once"),
            models.CheckConstraint(condition=Q(kind__in=["study", "anchor", "gate", "rerate"]), name="task_kind_known"),
            models.CheckConstraint(condition=Q(round__gte=1), name="task_round_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.response} ({self.rubric})"


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


class ScoresShownQuerySet(models.QuerySet["ScoresShown"]):
    def whole(self) -> Self:
        """Those of everything that the project had by then."""
        return self.filter(task=None)


class ScoresShown(models.Model):
    """A person was shown others' scores of a response; without a task, of every response that was scored by then.

    Kept for good: a judgement that the person makes of the response afterwards is not independent.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", verbose_name=_("project"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("task"))
    at = models.DateTimeField(_("at"))

    objects = ScoresShownQuerySet.as_manager()

    class Meta:
        verbose_name = _("scores shown")
        verbose_name_plural = _("scores shown")
        ordering = ["project", "user", "at"]
        constraints = [
            models.UniqueConstraint(fields=["task", "user"], condition=Q(task__isnull=False), name="scores_shown_once"),
        ]
        indexes = [
            models.Index(fields=["project", "user"], name="scores_shown_to"),
            models.Index(fields=["project", "user", "at"], condition=Q(task=None), name="scores_shown_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.task or self.project}"


def scores_were_shown(user: Any, task: str = "task") -> Q:
    """A condition: the user has been shown scores of the row's task, to which the lookup `task` leads."""
    from annotation.models.assignments import Assignment  # late: that module imports this one

    # of the row's own project, not of the slot's: else PostgreSQL would read every submitted slot first, into a hash
    project = OuterRef(OuterRef("project"))
    whole = ScoresShown.objects.whole().filter(project=project, user=user).order_by("-at").values("at")[:1]
    scored_by_then = Assignment.objects.filter(task=OuterRef(task), submitted_at__lte=Subquery(whole))
    return Q(Exists(ScoresShown.objects.filter(task=OuterRef(task), user=user)) | Exists(scored_by_then))


def judged_after_scores_were_shown() -> Q:
    """A condition on revisions: their annotator had been shown others' scores of the response."""
    from annotation.models.assignments import Assignment  # late: that module imports this one

    to_annotator = ScoresShown.objects.filter(user=OuterRef("annotation__annotator"), at__lte=OuterRef("submitted_at"))
    whole = to_annotator.whole().filter(project=OuterRef("annotation__task__project"))
    scored_by_then = Assignment.objects.filter(task=OuterRef(OuterRef("annotation__task")), submitted_at__lte=OuterRef("at"))
    by_others = scored_by_then.exclude(annotator=OuterRef("user"))
    return Q(Exists(to_annotator.filter(task=OuterRef("annotation__task"))) | Exists(whole.filter(Exists(by_others))))
