"""One response to be judged with one rubric."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
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
            return Exists(Membership.objects.filter(project=OuterRef("project"), user=user, role=role))

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

    def fully_judged(self) -> Self:
        """Every independent slot that is not withdrawn has been submitted."""
        from annotation.models.assignments import Assignment  # late: that module imports this one

        independent = Assignment.objects.independent().not_withdrawn().filter(task=OuterRef("pk"))
        return self.filter(Exists(independent), ~Exists(independent.filter(submitted_at=None)))


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
