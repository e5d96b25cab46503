"""Who takes part: people, what they have chosen for themselves, and the role each has in a project."""

from typing import Any, Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.projects import Project


class User(AbstractUser):
    """A person. Made anonymous when leaving, never deleted with their work."""

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Role(models.TextChoices):
    ANNOTATOR = "annotator", _("annotator")
    ADJUDICATOR = "adjudicator", _("adjudicator")
    MANAGER = "manager", _("manager")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_project(self, project: Project, *roles: Role) -> Self:
        return self.filter(project=project, role__in=roles or Role.values)

    def deciders(self, project: Project) -> Self:
        """Those who may decide the project's cases and can sign in, by username."""
        deciders = self.filter(project=project, role__in=project.rules.deciding_roles, user__is_active=True)
        return deciders.select_related("user").order_by("user__username")

    def of_user(self, user: User) -> Self:
        return self.filter(user=user)


class Membership(models.Model):
    project = models.ForeignKey(Project, models.PROTECT, related_name="memberships", verbose_name=_("project"))
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["project", "user"]
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=["annotator", "adjudicator", "manager"]), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class PreferencesQuerySet(models.QuerySet["Preferences"]):
    def language_of(self, user: Any) -> str:
        """Empty where none was chosen: then the browser's counts."""
        return self.filter(user=user).values_list("language", flat=True).first() or ""

    def keys_of(self, user: Any) -> dict[str, Any]:
        return self.filter(user=user).values_list("keys", flat=True).first() or {}


class Preferences(models.Model):
    user = models.OneToOneField(User, models.PROTECT, related_name="preferences", verbose_name=_("person"))
    language = models.CharField(_("language"), max_length=10, blank=True)
    # What differs from the defaults of annotation/keyboard.py, and "off" where single keys do nothing.
    keys = models.JSONField(_("keys"), default=dict, blank=True)

    objects = PreferencesQuerySet.as_manager()

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")
        ordering = ["user"]

    def __str__(self) -> str:
        return str(self.user)
