"""Links by which somebody who forgot their password sets a new one."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from annotation.models.entry.tokens import digest_of
from annotation.models.people import User


class PasswordLinkQuerySet(models.QuerySet["PasswordLink"]):
    def of_token(self, token: str) -> Self:
        return self.filter(digest=digest_of(token)).select_related("user")

    def live(self) -> Self:
        return self.filter(used_at=None, expires_at__gt=Now())


class PasswordLink(models.Model):
    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("person"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(  # nobody: a command, or the person by mail
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    objects = PasswordLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for a new password")
        verbose_name_plural = _("links for a new password")
        ordering = ["user", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_by=None) | ~Q(made_by=models.F("user")), name="password_link_by_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
