"""Sets a study up: the project, its rubrics and its people."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotation.errors import Refused, ValidationError, quoted
from annotation.flow.setup.people import take_part
from annotation.flow.setup.rules import make_rules
from annotation.flow.setup.values import NEW_PROJECT, misfits, read_values
from annotation.flow.setup.workspace import make_workspace
from annotation.models import Event, Membership, Project, ProjectRubric, Role, User, normal_form
from rubrics.models import Rubric
from rubrics.versioning import freeze


@transaction.atomic
def create_project(
    *,
    slug: str,
    rubrics: Sequence[str],
    title: str = "",
    overlap: Any = 3,
    seed: Any = 0,
    larger_share: Any = 0,
    larger_overlap: Any = None,
    by: User | None = None,
) -> Project:
    """Make a project of the named rubrics ("slug" for its newest version, or "slug@version") and freeze them. Who makes it on a
    page or by API (`by`) becomes its manager. Raises ValidationError, which names every fault.
    """
    values = {
        "slug": slug,
        "title": title or slug,
        "overlap": overlap,
        "seed": seed,
        "larger_share": larger_share,
        "larger_overlap": larger_overlap,
    }
    read, faults = read_values(values, NEW_PROJECT)
    if not faults:
        faults |= misfits(read)
    if "slug" in read and Project.objects.filter(slug=slug).exists():
        faults["slug"] = _("%(slug)s exists already") % {"slug": quoted(slug)}
    named_rubrics = []
    try:
        named_rubrics = rubrics_of_categories(rubrics)
    except ValueError as error:
        faults["rubrics"] = str(error)
    if faults:
        raise ValidationError(faults)
    try:
        with transaction.atomic():
            project = Project.objects.create(**read)
    except IntegrityError:  # somebody else made it meanwhile
        raise ValidationError({"slug": _("%(slug)s exists already") % {"slug": quoted(slug)}}) from None
    for rubric in named_rubrics:
        freeze(rubric=rubric)
        ProjectRubric.objects.create(project=project, category=rubric.category, rubric=rubric)
    make_workspace(project=project)
    make_rules(project=project)
    data = {"rubrics": [rubric.name for rubric in named_rubrics]}
    Event.objects.create(project=project, verb=Event.Verb.PROJECT_CREATED, by=by, data=data)
    if by:
        add_member(username=by.username, project=project, role=Role.MANAGER, by=by)
    return project


def rubrics_of_categories(names: Sequence[str]) -> list[Rubric]:
    """The named rubrics, at least one and at most one for each category. Raises ValueError."""
    if not names:
        raise ValueError(_("expected at least one"))
    by_category: dict[str, Rubric] = {}
    for rubric in map(named_rubric, names):
        other = by_category.setdefault(rubric.category, rubric)
        if other.pk != rubric.pk:
            raise ValueError(
                _("%(one)s and %(other)s are both for %(category)s: expected one rubric per category")
                % {"one": other, "other": rubric, "category": rubric.category}
            )
    return list(by_category.values())


def named_rubric(name: str) -> Rubric:
    """Raises ValueError."""
    slug, at, version = name.partition("@") if isinstance(name, str) and "\0" not in name else ("", "", "")
    if at:
        number = int(version) if version.isascii() and version.isdecimal() and len(version) < 6 else 0
        rubric = Rubric.objects.filter(slug=slug, version=number).first()
    else:
        rubric = Rubric.objects.latest_of(slug)
    if rubric is None:
        raise ValueError(_("there is no %(name)s; load it with load_rubric first") % {"name": quoted(name)})
    return rubric


@transaction.atomic
def add_member(
    *, username: str, project: Project, role: str, create: bool = False, by: User | None = None, invitation: int | None = None
) -> Membership:
    """Give a person a role in the project, or change their role; `create` makes the person where there is none of the name.
    A membership that was ended begins again. With `invitation` nobody added them: they accepted it themselves."""
    if role not in Role.values:
        raise Refused(_("role: %(role)s is none of %(roles)s") % {"role": role, "roles": ", ".join(Role.values)})
    user = User.objects.named(username).first()
    if user is None:
        if not create:
            raise Refused(_("username: there is no %(username)s; --create makes one") % {"username": username})
        user = new_person(username)
    if user.anonymised_at:
        raise Refused(_("username: %(username)s was made anonymous, and takes part no more") % {"username": username})
    former = Membership.objects.select_for_update().filter(project=project, user=user).first()
    take_part([user], project=project)
    membership, new = Membership.objects.update_or_create(project=project, user=user, defaults={"role": role})
    data: dict[str, object] = {"username": user.username, "role": role, "member": user.pk}
    if new and invitation:
        data["invitation"] = invitation
        Event.objects.create(project=project, verb=Event.Verb.INVITATION_ACCEPTED, by=user, data=data)
    elif new:
        Event.objects.create(project=project, verb=Event.Verb.MEMBER_ADDED, by=by, data=data)
    elif former and former.role != role:
        data["role"] = [former.role, role]
        Event.objects.create(project=project, verb=Event.Verb.ROLE_CHANGED, by=by, data=data)
    return membership


def new_person(username: str) -> User:
    """A person without a password, who signs in after an administrator has set one, or with a token."""
    if fault := username_fault(username):
        raise Refused(f"username: {quoted(username)}: {fault}")
    user = User(username=username)
    user.set_unusable_password()
    user.save()
    return user


def username_fault(username: str) -> str | None:
    """Why the name is not allowed; None where it is."""
    if not username:
        return _("required")
    if max(len(username), len(normal_form(username))) > 150:
        return _("expected at most 150 characters")
    if others := [char for number, char in enumerate(username) if not may_stand_in_a_name(char, first=number == 0)]:
        told = {"characters": ", ".join(map(quoted, dict.fromkeys(others)))}
        return _("%(characters)s may not stand in a username: expected letters of any script, digits and @ . + - _") % told
    return None


def may_stand_in_a_name(char: str, *, first: bool) -> bool:
    """Letters, digits and what belongs to them: scripts such as Devanagari write vowels as marks behind a letter."""
    return char.isalnum() or char in "@.+-_" or (not first and unicodedata.category(char).startswith("M"))


def set_password(*, user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
