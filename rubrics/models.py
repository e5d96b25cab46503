"""How a response is measured: a rubric, its criteria, and the levels of each."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """MMIE's three, read from a query's id; a project may use any other slug."""

    SITUATIONAL_ANALYSIS = "situational-analysis", _("Situational analysis")
    PROJECT_BASED_LEARNING = "project-based-learning", _("Project-based learning")
    MULTI_STEP_REASONING = "multi-step-reasoning", _("Multi-step reasoning")


def may_begin_rubrics(user: Any) -> bool:
    """Whoever manages a project, and whoever has the permission."""
    return bool(user.has_perm("rubrics.add_rubric")) or user.memberships.filter(role="manager").exists()


class RubricQuerySet(models.QuerySet["Rubric"]):
    def latest_of(self, slug: str) -> "Rubric | None":
        return self.filter(slug=slug).order_by("-version").first()

    def newest(self) -> Self:
        """The newest version of each slug, by category and title."""
        later = Rubric.objects.filter(slug=OuterRef("slug"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later)).order_by("category", "title", "slug")

    def visible_to(self, user: Any) -> Self:
        """Those of the person's projects, and those that they may write. All for the staff, and for whoever may create projects
        and so chooses among all."""
        if user.is_staff or user.is_superuser or user.has_perm("annotation.add_project"):
            return self.all()
        used = Rubric.objects.filter(projects__memberships__user=user)
        return self.filter(Q(pk__in=used.values("pk")) | Q(pk__in=Rubric.objects.writable_by(user).values("pk")))

    def writable_by(self, user: Any) -> Self:
        """Every version of what the projects that they manage use, and of what they began; of all for whoever has the
        permission."""
        if user.has_perm("rubrics.change_rubric"):
            return self.all()
        managed = Rubric.objects.filter(projects__memberships__user=user, projects__memberships__role="manager")
        begun = Rubric.objects.filter(authorship__user=user) if may_begin_rubrics(user) else Rubric.objects.none()
        return self.filter(Q(slug__in=managed.values("slug")) | Q(slug__in=begun.values("slug")))

    def with_content(self) -> Self:
        return self.prefetch_related("criteria__levels")


class Rubric(models.Model):
    class Overall(models.TextChoices):
        WEIGHTED_MEAN = "weighted_mean", _("weighted mean of the criteria, less penalties")
        SUM = "sum", _("sum of the criteria's points, less penalties")
        HOLISTIC = "holistic", _("given by the annotator beside the criteria")

    class Rounding(models.TextChoices):
        HALF_UP = "half_up", _("half up")
        HALF_EVEN = "half_even", _("half to even")

    slug = models.SlugField(_("slug"), max_length=100)
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    category = models.SlugField(_("category"), max_length=100)
    scale_min = models.SmallIntegerField(_("lowest level"))
    scale_max = models.SmallIntegerField(_("highest level"))
    overall_method = models.CharField(_("overall"), max_length=20, choices=Overall)
    overall_min = models.SmallIntegerField(_("lowest overall"))
    overall_max = models.SmallIntegerField(_("highest overall"))
    rounding = models.CharField(_("rounding"), max_length=10, choices=Rounding)
    shows_correct_answer = models.BooleanField(_("shows the correct answer"))
    guidance = models.TextField(_("guidance"), blank=True)
    # {language: …} as rubrics/translations.py reads it
    translations = models.JSONField(_("translations"), null=True, blank=True)
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = RubricQuerySet.as_manager()

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        ordering = ["slug", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="rubric_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="rubric_version_from_1"),
            models.CheckConstraint(condition=Q(scale_min__lt=F("scale_max")), name="rubric_scale_ascends"),
            models.CheckConstraint(condition=Q(overall_min__lt=F("overall_max")), name="rubric_overall_ascends"),
            models.CheckConstraint(
                condition=Q(overall_method__in=["weighted_mean", "sum", "holistic"]), name="rubric_overall_known"
            ),
            models.CheckConstraint(condition=Q(rounding__in=["half_up", "half_even"]), name="rubric_rounding_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The rubric's name in reports and files, as in mmie-pbl@1."""
        return f"{self.slug}@{self.version}"

    def projects_of(self, user: Any) -> Any:
        """The projects that use the version, of those in which the person is; all for the staff."""
        projects: Any = self.projects  # annotation's
        used = projects.order_by("slug")
        return used if user.is_staff or user.is_superuser else used.for_member(user)


class Authorship(models.Model):
    """Who began a version in the browser or by the API: they may write it before a project uses it. A table of its own, for on
    SQLite a foreign key is not taken out of a table without its triggers."""

    rubric = models.OneToOneField(Rubric, models.PROTECT, related_name="authorship", verbose_name=_("rubric"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")
        ordering = ["rubric"]

    def __str__(self) -> str:
        return f"{self.rubric}: {self.user}"


class Criterion(models.Model):
    class Kind(models.TextChoices):
        RATED = "rated", _("rated")
        PENALTY = "penalty", _("penalty")

    class NotApplicable(models.TextChoices):
        NEVER = "never", _("never")
        ALLOWED = "allowed", _("allowed")
        NO_QUERY_IMAGE = "when_no_query_image", _("when the query has no image")
        NO_RESPONSE_IMAGE = "when_no_response_image", _("when the response has no image")

    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="criteria", verbose_name=_("rubric"))
    key = models.CharField(_("key"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    place = models.PositiveSmallIntegerField(_("place"))
    weight = models.DecimalField(_("weight"), max_digits=8, decimal_places=3, null=True, blank=True)
    points = models.DecimalField(_("points off"), max_digits=8, decimal_places=3, null=True, blank=True)
    na = models.CharField(_("not applicable"), max_length=30, choices=NotApplicable, default=NotApplicable.NEVER)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["rubric", "place"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "key"], name="criterion_key_once"),
            models.UniqueConstraint(fields=["rubric", "place"], name="criterion_place_once"),
            models.CheckConstraint(
                condition=Q(kind="rated", weight__gt=0, weight__isnull=False, points__isnull=True)
                | Q(kind="penalty", weight__isnull=True, points__gt=0, points__isnull=False, na="never"),
                name="criterion_rated_or_penalty",
            ),
            models.CheckConstraint(
                condition=Q(na__in=["never", "allowed", "when_no_query_image", "when_no_response_image"]),
                name="criterion_na_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_rated(self) -> bool:
        return self.kind == self.Kind.RATED

    def allows_na(self, *, query_has_image: bool, response_has_image: bool) -> bool:
        return {
            self.NotApplicable.NEVER: False,
            self.NotApplicable.ALLOWED: True,
            self.NotApplicable.NO_QUERY_IMAGE: not query_has_image,
            self.NotApplicable.NO_RESPONSE_IMAGE: not response_has_image,
        }[self.NotApplicable(self.na)]


class ExampleImageQuerySet(models.QuerySet["ExampleImage"]):
    def visible_to(self, user: Any) -> Self:
        """Those in the rubrics that the person sees; all for whoever may begin rubrics, as they may not have saved theirs yet."""
        if may_begin_rubrics(user):
            return self.all()
        levels = Level.objects.filter(criterion__rubric__in=Rubric.objects.visible_to(user).values("pk"))
        return self.filter(sha256__in=levels.exclude(example_image=None).values("example_image"))


class ExampleImage(models.Model):
    """The image of an example, in the database: there are few and small ones, and a backup of it has them."""

    sha256 = models.CharField(_("sha256"), max_length=64, unique=True)
    format = models.CharField(_("format"), max_length=10)
    original = models.BinaryField(_("file as it came"))
    shown = models.BinaryField(_("copy without metadata"))
    uploaded_at = models.DateTimeField(_("uploaded at"))

    objects = ExampleImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image of an example")
        verbose_name_plural = _("images of examples")
        ordering = ["sha256"]
        constraints = [
            models.CheckConstraint(condition=Q(format__in=["JPEG", "PNG", "WEBP", "GIF"]), name="example_image_format_known"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Level(models.Model):
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="levels", verbose_name=_("criterion"))
    value = models.SmallIntegerField(_("value"))
    label = models.CharField(_("label"), max_length=100, blank=True)
    descriptor = models.TextField(_("descriptor"))
    # null where there is none: so SQLite adds the column and keeps the table's triggers
    example = models.TextField(_("example"), null=True, blank=True)  # noqa: DJ001
    # the SHA-256 of an ExampleImage
    example_image = models.CharField(_("image of the example"), max_length=64, null=True, blank=True)  # noqa: DJ001

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["criterion", "value"]
        constraints = [models.UniqueConstraint(fields=["criterion", "value"], name="level_value_once")]

    def __str__(self) -> str:
        return f"{self.value} · {self.label}" if self.label else str(self.value)
