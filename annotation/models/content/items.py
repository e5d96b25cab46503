"""What is judged: queries and responses, the images of a project, and the words by which it is searched.

SQLite has an FTS5 table beside that of the words, which triggers keep the same; PostgreSQL an index of the words as a tsvector,
by the function search_vector: that is dear enough to the planner, and the index without statistics, so that it never reads all
rows instead, however many have a word.
Both have words alone, made by annotation/words.py: neither splits a text itself, so that both find the same.

Blocks are stored as a JSON list of {"text": str or None, "image": sha256 or None}; the sha256 names an Image of the project.
"""

from collections.abc import Sequence
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotation.fields import LONGEST_LANGUAGE
from annotation.models.projects import Project, has_role, random_key
from annotation.words import looked_for

Blocks = list[dict[str, Any]]


def number_of(grouped: Any) -> Coalesce:
    """How many rows, as part of another query; 0 where there is none."""
    return Coalesce(Subquery(grouped.annotate(number=Count("pk")).values("number")), 0)


class QueryQuerySet(models.QuerySet["Query"]):
    def in_study(self) -> Self:
        """Neither dropped nor merged into another."""
        return self.filter(dropped_at=None)

    def for_manager(self, user: Any) -> Self:
        return self.filter(has_role(user, "manager"))

    def for_expert(self, user: Any) -> Self:
        """Those whose reference answers the user may write and approve."""
        return self.filter(project__in=Project.objects.for_member(user, "expert", "manager"))

    def matching(self, text: str) -> Self:
        """Those that have all words of the text in their id, question and correct answer, or all in one of their responses."""
        return self.filter(pk__in=SearchEntry.objects.matching(text).order_by().values("query"))

    def chosen(
        self,
        *,
        search: str = "",
        category: str | None = None,
        field: str | None = None,
        language: str | None = None,
        references: bool | None = None,
        correct: bool | None = None,
        dropped: bool | None = None,
    ) -> Self:
        """Those in which the words of `search` stand, of a category, a field and a language (an empty text: of none), with
        or without reference answers and a correct answer, dropped or in the study; None does not restrict."""
        if search:
            return self.matching(search).chosen(
                category=category, field=field, language=language, references=references, correct=correct, dropped=dropped
            )
        conditions = Q()
        if category is not None:
            conditions &= Q(category=category)
        if field is not None:
            conditions &= Q(field=field)
        if language is not None:
            conditions &= Q(language=language)
        if references is not None:
            from annotation.models.content.references import ReferenceAnswer  # late: that module imports this one

            has_some = Exists(ReferenceAnswer.objects.shown().filter(query=OuterRef("pk")))
            conditions &= Q(has_some if references else ~has_some)
        if correct is not None:
            conditions &= Q(correct_answer__isnull=not correct)
        if dropped is not None:
            conditions &= Q(dropped_at__isnull=not dropped)
        return self.filter(conditions)

    def with_counts(self) -> Self:
        """Each with the number of its `answers` (responses) and of its open `open_flags`."""
        from annotation.models.flags import Flag  # late: that module imports this one

        flags = Flag.objects.open().filter(task__response__query=OuterRef("pk")).order_by().values("task__response__query")
        answers = Response.objects.filter(query=OuterRef("pk")).order_by().values("query")
        return self.annotate(answers=number_of(answers), open_flags=number_of(flags))


class Query(models.Model):
    """The question that was asked. A dropped query stays in the database, but takes no part in the study."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="queries", verbose_name=_("project"))
    external_id = models.CharField(_("id"), max_length=200)
    category = models.SlugField(_("category"), max_length=100)
    field = models.CharField(_("field"), max_length=200, blank=True)
    subfield = models.CharField(_("subfield"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=LONGEST_LANGUAGE, blank=True)  # a tag of BCP 47
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


class ResponseQuerySet(models.QuerySet["Response"]):
    def for_manager(self, user: Any) -> Self:
        return self.filter(has_role(user, "manager", "query__project")).select_related("query__project")

    def matching(self, text: str) -> Self:
        """Those that have all words of the text."""
        return self.filter(pk__in=SearchEntry.objects.matching(text).filter(response__isnull=False).order_by().values("response"))

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


class ImageQuerySet(models.QuerySet["Image"]):
    def for_member(self, user: Any) -> Self:
        return self.filter(project__in=Project.objects.for_member(user))


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
    # why a plain reader of the original would show it otherwise than pages do, or "no": imaging/otherwise.py; empty where unknown
    shown_otherwise = models.CharField(_("shown otherwise"), max_length=80, blank=True)
    # by somebody in a form, which may never be saved; null where the image came with a file
    uploaded_at = models.DateTimeField(_("uploaded at"), null=True, blank=True)

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


class HasWords(Func):
    """Whether the row has a word with each of these beginnings. They are letters and digits: nothing in them is syntax."""

    output_field = BooleanField()

    def __init__(self, *expressions: Any, beginnings: Sequence[str] = (), **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.beginnings = beginnings

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        key, parameters = compiler.compile(self.source_expressions[0])
        wanted = " ".join(f'"{word}"*' for word in self.beginnings)
        # a list of keys, which SQLite makes once, and not a look at each row
        rows = "SELECT rowid FROM annotation_searchwords WHERE words MATCH %s"
        return f"{key} IN ({rows})", [*parameters, wanted]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        words, parameters = compiler.compile(self.source_expressions[1])
        wanted = " & ".join(f"'{word}':*" for word in self.beginnings)
        return f"search_vector({words}) @@ %s::tsquery", [*parameters, wanted]


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def matching(self, text: str) -> Self:
        """Those with a word for each word of the text that begins with it; none where the text has no word."""
        words = looked_for(text)
        return self.filter(HasWords(F("pk"), F("words"), beginnings=tuple(words))) if words else self.none()


class SearchEntry(models.Model):
    """Of a query's question and correct answer, or, with `response`, of one of its responses."""

    query = models.ForeignKey("annotation.Query", models.PROTECT, related_name="search_entries", verbose_name=_("query"))
    response = models.OneToOneField(
        "annotation.Response", models.PROTECT, null=True, blank=True, related_name="search_entry", verbose_name=_("response")
    )
    words = models.TextField(_("words"))

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("words of a query or a response")
        verbose_name_plural = _("words of queries and responses")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["query"], condition=Q(response=None), name="search_entry_of_question_once"),
        ]

    def __str__(self) -> str:
        return str(self.response or self.query)
