"""The images of a project."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.projects import Project, random_key


class ImageQuerySet(models.QuerySet["Image"]):
    def for_member(self, user: Any) -> Self:
        return self.filter(project__memberships__user=user)


class Image(models.Model):
    """One image of a project. Its file is stored once, under its hash; `key` stands in its address, the same for all members."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="images", verbose_name=_("project"))
    sha256 = models.CharField(_("sha256"), max_length=64)
    key = models.CharField(max_length=64, unique=True, default=random_key, editable=False)
    format = models.CharField(_("format"), max_length=10)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    size = models.PositiveIntegerField(_("bytes"))
    difference_hash = models.CharField(_("difference hash"), max_length=16, blank=True)  # empty where it was not computed

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["project", "sha256"]
        constraints = [
            models.UniqueConstraint(fields=["project", "sha256"], name="image_once"),
            models.CheckConstraint(condition=Q(format__in=["JPEG", "PNG", "WEBP", "GIF"]), name="image_format_known"),
            models.CheckConstraint(condition=Q(width__gte=1, height__gte=1, size__gte=1), name="image_not_empty"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
