"""What a person has chosen for themselves, on whichever machine."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PreferencesQuerySet(models.QuerySet["Preferences"]):
    def language_of(self, user: Any) -> str:
        """Empty where none was chosen: then the browser's counts."""
        return self.filter(user=user).values_list("language", flat=True).first() or ""

    def keys_of(self, user: Any) -> dict[str, Any]:
        return self.filter(user=user).values_list("keys", flat=True).first() or {}


class Preferences(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="preferences", verbose_name=_("person"))
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
