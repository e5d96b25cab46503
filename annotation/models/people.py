"""Who takes part: people, what they have chosen for themselves, and the roles each has in a project."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Min, Q
from django.utils.translation import gettext_lazy as _

from annotation.fields import normal_form, validate_username
from annotation.models.projects import Project, second_factor_given


class NormalUsername(models.CharField[str, str]):
    """The normal form of the username, which the row gets whenever it is written."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        form = normal_form(model_instance.username)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, form)
        return form


class UserQuerySet(models.QuerySet["User"]):
    def named(self, *usernames: str) -> Self:
        """Those who sign in with one of the names, in whatever spelling."""
        return self.filter(normal_username__in={normal_form(username) for username in usernames})


class People(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False

    def get_by_natural_key(self, username: str | None) -> "User":
        person: User = self.named(username or "").get()
        return person


class User(AbstractUser):
    """A person. Made anonymous when leaving, never deleted with their work."""

    username = models.CharField(
        _("username"),
        max_length=150,
        unique=True,
        validators=[validate_username],
        help_text=_("Letters of any script, digits and @ . + - _; at most 150 characters."),
        error_messages={"unique": _("Somebody has this name already.")},
    )
    # Renaming writes both columns: save() does, an update() of the username alone does not.
    normal_username = NormalUsername(_("username, as it is compared"), max_length=150, unique=True, editable=False)

    anonymised_at = models.DateTimeField(_("made anonymous at"), null=True, blank=True, editable=False)

    objects: ClassVar[People] = People()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def clean(self) -> None:
        """Also refuses a name that signs in as somebody else, or is too long in its normal form."""
        super().clean()
        if not self.username:
            return  # the field's own fault
        if len(normal_form(self.username)) > 150:
            raise ValidationError({"username": _("expected at most 150 characters")})
        if other := type(self).objects.named(self.username).exclude(pk=self.pk).first():
            message = _("%(username)s exists already and signs in with the same name: capital letters and widths do not count")
            raise ValidationError({"username": message % {"username": other.username}})


class Role(models.TextChoices):
    ANNOTATOR = "annotator", _("annotator")
    ADJUDICATOR = "adjudicator", _("adjudicator")
    EXPERT = "expert", _("expert")
    MANAGER = "manager", _("manager")


MAIN_FIRST: tuple[str, ...] = (Role.MANAGER, Role.ADJUDICATOR, Role.ANNOTATOR, Role.EXPERT)  # somebody's first is their main one


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_project(self, project: Project, *roles: Role) -> Self:
        return self.filter(project=project, role__in=roles or Role.values)

    def deciders(self, project: Project) -> Self:
        """Those who may decide the project's cases and can sign in, by username: each once, whatever their roles."""
        deciders = self.filter(project=project, role__in=project.rules.deciding_roles, user__is_active=True)
        once = deciders.order_by().values("user").annotate(first=Min("pk")).values("first")
        return self.filter(pk__in=once).select_related("user").order_by("user__username")

    def named(self, username: Any) -> Self:
        """Of the person who signs in with the name, in whatever spelling; of nobody where it is no name."""
        if not isinstance(username, str) or "\0" in username:
            return self.none()
        return self.filter(user__normal_username=normal_form(username))

    def of_user(self, user: User) -> Self:
        return self.filter(user=user)

    def entered_by(self, user: Any) -> Self:
        """The person's own, but for a manager's where the project asks for a second factor that they do not have."""
        return self.filter(~Q(role="manager") | second_factor_given(user, "project__"), user=user)

    def whole(self) -> "list[Membership]":
        """One for each person and project, that of the main role, with all of them as its `roles`; in the order of the rows."""
        found: dict[tuple[int, int], list[Membership]] = {}
        for row in self:
            found.setdefault((row.project_id, row.user_id), []).append(row)
        for rows in found.values():
            rows.sort(key=lambda row: MAIN_FIRST.index(row.role))
            rows[0].roles = tuple(row.role for row in rows)
        return [rows[0] for rows in found.values()]


class Membership(models.Model):
    """A role that a person has in a project now; somebody with several has as many rows. It is deleted when it ends, so that no
    query can take an ended one for another."""

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
            models.UniqueConstraint(fields=["project", "user", "role"], name="membership_once"),
            # a manager sees everybody's scores
            models.UniqueConstraint(
                fields=["project", "user"],
                condition=Q(role__in=["annotator", "manager"]),
                name="membership_annotator_or_manager",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["annotator", "adjudicator", "expert", "manager"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """All that the person has in the project, the main one first."""
        of_person = Membership.objects.filter(project=self.project_id, user=self.user_id)
        return tuple(sorted(of_person.values_list("role", flat=True), key=MAIN_FIRST.index))

    @property
    def roles_in_words(self) -> str:
        return in_words(self.roles)


def in_words(roles: Iterable[str]) -> str:
    """In the reader's language; a role that this version does not know, as an event may have, by its key."""
    names = dict(Role.choices)
    return ", ".join(str(names.get(role, role)) for role in roles)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def names(self, project: Project) -> dict[int, str]:
        """By the person's primary key."""
        return dict(self.filter(project=project).values_list("user", "name"))

    def ended(self) -> Self:
        return self.filter(ended_at__isnull=False)


class Participation(models.Model):
    """That a person takes part in a project, or once did: this row stays, while the membership is deleted when it ends.

    `name` is what the person's pseudonym is made of: the username with which they came, whatever they are called since.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="participations", verbose_name=_("project"))
    user = models.ForeignKey(User, models.PROTECT, related_name="participations", verbose_name=_("person"))
    name = models.CharField(_("name when they came"), max_length=170)  # a username, and a number where it was taken
    ended_at = models.DateTimeField(_("membership ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("membership ended by")
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["project", "user"]
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="participation_once"),
            models.UniqueConstraint(fields=["project", "name"], name="participation_name_once"),
            # ended by nobody is ended by a command
            models.CheckConstraint(condition=Q(ended_by=None) | Q(ended_at__isnull=False), name="participation_ended_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.user}"


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
