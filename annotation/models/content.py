"""What is judged: a project's queries, reference answers, responses and images.

Blocks are stored as a JSON list of {"text": str or None, "image": sha256 or None}; the sha256 names an Image of the project.
"""

import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rubrics.models import Rubric

Blocks = list[dict[str, Any]]


def random_key() -> str:
    return secrets.token_urlsafe(24)


class ProjectQuerySet(models.QuerySet["Project"]):
    def for_member(self, user: Any, *roles: str) -> Self:
        """The projects in which the user has one of the roles (any role when none is named)."""
        mine = Q(memberships__user=user)
        return self.filter(mine & Q(memberships__role__in=roles) if roles else mine)


class Project(models.Model):
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=200)
    overlap = models.PositiveSmallIntegerField(_("annotators per response"), default=3)
    seed = models.BigIntegerField(_("seed"), default=0)
    block_size = models.PositiveSmallIntegerField(_("tasks per block of the order"), default=50)
    lease_minutes = models.PositiveSmallIntegerField(_("minutes until an untouched response goes to someone else"), default=60)
    pair_gap = models.PositiveSmallIntegerField(_("gap that is a dispute between two ratings"), default=2)
    group_range = models.PositiveSmallIntegerField(_("range that is a dispute among three or more ratings"), default=3)
    undisputed_share = models.FloatField(_("share of undisputed responses in the queue"), default=0.05)
    pseudonym_key = models.CharField(max_length=64, default=random_key, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    rubrics = models.ManyToManyField(Rubric, through="ProjectRubric", related_name="projects", verbose_name=_("rubrics"))

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(overlap__gte=1), name="project_overlap_from_1"),
            models.CheckConstraint(condition=Q(block_size__gte=1), name="project_block_size_from_1"),
            models.CheckConstraint(condition=Q(lease_minutes__gte=1), name="project_lease_from_1"),
            models.CheckConstraint(condition=Q(pair_gap__gte=1, group_range__gte=1), name="project_dispute_from_1"),
            models.CheckConstraint(
                condition=Q(undisputed_share__gte=0, undisputed_share__lte=1), name="project_undisputed_share_0_to_1"
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


class ImageQuerySet(models.QuerySet["Image"]):
    def for_member(self, user: Any) -> Self:
        return self.filter(project__memberships__user=user)


class Image(models.Model):
    """One picture of a project. The file is stored once by its hash; the key is what addresses tell, the same for all members."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="images", verbose_name=_("project"))
    sha256 = models.CharField(_("sha256"), max_length=64)
    key = models.CharField(max_length=64, unique=True, default=random_key, editable=False)
    format = models.CharField(_("format"), max_length=10)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    size = models.PositiveIntegerField(_("bytes"))
    difference_hash = models.CharField(_("difference hash"), max_length=16, blank=True)  # empty: loaded before there was one

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


class QueryQuerySet(models.QuerySet["Query"]):
    def in_study(self) -> Self:
        """Neither dropped nor merged into another."""
        return self.filter(dropped_at=None)


class Query(models.Model):
    """What was asked. Dropped, it stays where it is and takes no part in the study any more."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="queries", verbose_name=_("project"))
    external_id = models.CharField(_("id"), max_length=200)
    category = models.SlugField(_("category"), max_length=100)
    field = models.CharField(_("field"), max_length=200, blank=True)
    subfield = models.CharField(_("subfield"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=2000, blank=True)
    blocks = models.JSONField(_("question"))
    correct_answer = models.JSONField(_("correct answer"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dropped by")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )

    objects = QueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("query")
        verbose_name_plural = _("queries")
        ordering = ["project", "external_id"]
        constraints = [models.UniqueConstraint(fields=["project", "external_id"], name="query_once")]

    def __str__(self) -> str:
        return self.external_id


class ReferenceAnswer(models.Model):
    query = models.ForeignKey(Query, models.PROTECT, related_name="references", verbose_name=_("query"))
    level = models.SmallIntegerField(_("level"))

    class Meta:
        verbose_name = _("reference answer")
        verbose_name_plural = _("reference answers")
        ordering = ["query", "level"]
        constraints = [models.UniqueConstraint(fields=["query", "level"], name="reference_level_once")]

    def __str__(self) -> str:
        return f"{self.query}: {self.level}"


class ReferenceRevision(models.Model):
    answer = models.ForeignKey(ReferenceAnswer, models.PROTECT, related_name="revisions", verbose_name=_("reference answer"))
    number = models.PositiveSmallIntegerField(_("number"))
    blocks = models.JSONField(_("answer"))
    profile = models.JSONField(_("level per criterion"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("revision of a reference answer")
        verbose_name_plural = _("revisions of reference answers")
        ordering = ["answer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="reference_revision_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reference_revision_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.answer} ({self.number})"


class ResponseQuerySet(models.QuerySet["Response"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(query__project__memberships__user=user, query__project__memberships__role="manager").select_related(
            "query__project"
        )

    def by_key(self) -> Self:
        return self.order_by(F("query__external_id"), F("system"), F("sample"))


class Response(models.Model):
    query = models.ForeignKey(Query, models.PROTECT, related_name="responses", verbose_name=_("query"))
    system = models.CharField(_("system"), max_length=200)
    sample = models.PositiveIntegerField(_("sample"), default=0)
    blocks = models.JSONField(_("answer"))
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["query", "system", "sample"]
        constraints = [models.UniqueConstraint(fields=["query", "system", "sample"], name="response_once")]

    def __str__(self) -> str:
        return f"{self.query}, {self.system}" + (f", {self.sample}" if self.sample else "")
