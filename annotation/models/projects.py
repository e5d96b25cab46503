"""A study: its rules, the rubric for each category, and the condition on a member's role."""

import secrets
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, Q
from django.utils.translation import gettext_lazy as _

from rubrics.models import Rubric


def random_key() -> str:
    return secrets.token_urlsafe(24)


def has_role(user: Any, role: str, project: str = "project") -> Q:
    """A condition: the user has the role in the row's project, to which the lookup `project` leads."""
    member = Q(**{f"{project}__memberships__user": user, f"{project}__memberships__role": role})
    return member & second_factor_given(user, f"{project}__") if role == "manager" else member


def second_factor_given(user: Any, project: str = "") -> Q:
    """A condition: the row's project asks its managers for no second factor, or the user has one; `project` is the beginning of a
    lookup that leads to it."""
    from allauth.mfa.models import Authenticator  # late: apps are not ready when this file is read

    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return Q(**{f"{project}second_factor": False}) | Q(Exists(app))


class TemplateName(models.TextChoices):
    """What a scorer learns to answer."""

    MMIE = "mmie", _("feedback and overall, as MMIE's scorer answers")
    SCORES = "scores", _("the overall alone")
    CRITERIA = "criteria", _("the level of each criterion, then the overall")


class ProjectQuerySet(models.QuerySet["Project"]):
    def for_member(self, user: Any, *roles: str) -> Self:
        """The projects in which the user has one of the roles (any role when none is named), as manager with the second factor
        that the project may ask for."""
        from annotation.models.people import Membership  # late: that module imports this one

        own = Membership.objects.entered_by(user) if "manager" in roles else Membership.objects.of_user(user)
        return self.filter(pk__in=(own.filter(role__in=roles) if roles else own).values("project"))

    def asking_for_second_factor(self, user: Any) -> Self:
        """Those that the user manages and cannot enter without one."""
        return self.filter(~second_factor_given(user), memberships__user=user, memberships__role="manager")


class Project(models.Model):
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=200)
    overlap = models.PositiveSmallIntegerField(_("annotators per response"), default=3)
    # A share of the responses has more: those whose draw (Task.draw) is below it.
    larger_share = models.FloatField(_("share of responses with more annotators"), default=0)
    larger_overlap = models.PositiveSmallIntegerField(_("annotators per response of that share"), null=True, blank=True)
    seed = models.BigIntegerField(_("seed"), default=0)
    block_size = models.PositiveSmallIntegerField(_("tasks per block of the order"), default=50)
    lease_minutes = models.PositiveSmallIntegerField(_("minutes until an untouched response goes to someone else"), default=60)
    pseudonym_key = models.CharField(max_length=64, default=random_key, editable=False)
    template = models.CharField(_("training template"), max_length=20, choices=TemplateName, default=TemplateName.SCORES)
    score_without_feedback = models.BooleanField(_("the overall alone where no feedback fits the label"), default=False)
    second_factor = models.BooleanField(_("managers need a second factor"), default=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)  # nobody gets another response to score
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True)  # off the lists, and read only
    rubrics: "models.ManyToManyField[Rubric, ProjectRubric]" = models.ManyToManyField(
        Rubric, through="ProjectRubric", related_name="projects", verbose_name=_("rubrics")
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(overlap__gte=1), name="project_overlap_from_1"),
            models.CheckConstraint(condition=Q(block_size__gte=1), name="project_block_size_from_1"),
            models.CheckConstraint(condition=Q(lease_minutes__gte=1), name="project_lease_from_1"),
            models.CheckConstraint(condition=Q(template__in=["mmie", "scores", "criteria"]), name="project_template_known"),
            models.CheckConstraint(
                condition=Q(larger_share=0, larger_overlap=None)
                | Q(larger_share__gt=0, larger_share__lte=1, larger_overlap__isnull=False, larger_overlap__gt=F("overlap")),
                name="project_larger_overlap_of_a_share",
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None) | Q(closed_at__isnull=False), name="project_archived_when_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProjectRubric(models.Model):
    """The rubric by which a category is judged; the category stands here too, so that the database keeps it single."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="project_rubrics", verbose_name=_("project"))
    category = models.SlugField(_("category"), max_length=100)
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="project_rubrics", verbose_name=_("rubric"))

    class Meta:
        verbose_name = _("rubric of a project")
        verbose_name_plural = _("rubrics of a project")
        ordering = ["project", "category", "rubric"]
        constraints = [
            models.UniqueConstraint(fields=["project", "category", "rubric"], name="project_rubric_once"),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.rubric}"
