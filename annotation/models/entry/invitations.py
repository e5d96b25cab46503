"""Invitations to a project by link, and who accepted them."""

from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotation.models.entry.tokens import digest_of
from annotation.models.people import Role, User
from annotation.models.projects import Project


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def of_token(self, token: str) -> Self:
        return self.filter(digest=digest_of(token)).select_related("project", "created_by")

    def open(self) -> Self:
        """Those that somebody can still accept, each with `accepted`: by how many people it was. The newest first."""
        live = self.filter(withdrawn_at=None, expires_at__gt=Now()).annotate(accepted=Count("acceptances"))
        return live.filter(accepted__lt=F("uses")).select_related("created_by").order_by("-pk")


class Invitation(models.Model):
    """Whoever has the link may take part in the project in this role, as many people as `uses` says."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="invitations", verbose_name=_("project"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    email = models.EmailField(_("e-mail address"), blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    uses = models.PositiveSmallIntegerField(_("how many people may accept"), default=1)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(  # nobody: a command
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("created by")
    )
    expires_at = models.DateTimeField(_("expires at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawn by")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["project", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["annotator", "adjudicator", "expert", "manager"]), name="invitation_role_known"
            ),
            models.CheckConstraint(condition=Q(uses__gte=1), name="invitation_uses_from_1"),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None) | Q(withdrawn_at__isnull=False), name="invitation_withdrawn_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.role}"


class Acceptance(models.Model):
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="acceptances", verbose_name=_("invitation"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("acceptance of an invitation")
        verbose_name_plural = _("acceptances of invitations")
        ordering = ["invitation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "user"], name="invitation_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.invitation}"
