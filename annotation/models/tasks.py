"""One response to be judged with one rubric, and who has been shown how others scored it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
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

        # marked unusable before the reveal, a case stays blind
        reviews = CaseReview.objects.filter(adjudication__task=OuterRef("pk"), adjudicator=user)
        decided = Exists(reviews.filter(revealed_at__isnull=False, ending__in=["decided", "unusable"]))
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

    def with_fully_judged(self) -> Self:
        """Each with `fully_judged`: whether every independent slot that is not withdrawn has been submitted."""
        from annotation.models.assignments import Assignment  # late: that module imports this one

        independent = Assignment.objects.independent().not_withdrawn().filter(task=OuterRef("pk"))
        return self.annotate(fully_judged=Exists(independent) & ~Exists(independent.filter(submitted_at=None)))


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

    whole = ScoresShown.objects.whole().filter(project=OuterRef("project"), user=user).order_by("-at").values("at")[:1]
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
