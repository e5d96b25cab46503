"""Sets a study up: the project, its rubrics and its people."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotation.errors import Refused, ValidationError, quoted
from annotation.fields import username_fault
from annotation.flow.setup.people import take_part
from annotation.flow.setup.rules import make_rules
from annotation.flow.setup.values import NEW_PROJECT, misfits, read_values
from annotation.flow.setup.workspace import make_workspace
from annotation.models import Event, Membership, Project, ProjectRubric, Role, User
from annotation.models.people import MAIN_FIRST
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
    *,
    username: str,
    project: Project,
    role: str,
    also: Collection[str] = (),
    create: bool = False,
    by: User | None = None,
    invitation: int | None = None,
) -> Membership:
    """Give a person a role in the project, and those of `also`, in the place of all that they had; `create` makes the person
    where there is none of the name. A membership that was ended begins again. With `invitation` nobody added them: they accepted
    it themselves. Raises Refused."""
    roles = read_roles({role, *also})
    user = User.objects.named(username).first()
    if user is None:
        if not create:
            raise Refused(_("username: there is no %(username)s; --create makes one") % {"username": username})
        user = new_person(username)
    if user.anonymised_at:
        raise Refused(_("username: %(username)s was made anonymous, and takes part no more") % {"username": username})
    own = Membership.objects.filter(project=project, user=user)
    list(own.select_for_update().order_by("pk").values_list("pk"))  # another change of their roles, and a claim, comes first
    take_part([user], project=project)
    former = own.select_related("project", "user").whole()
    if former and former[0].roles == roles:
        return former[0]
    own.exclude(role__in=roles).delete()
    lacking = set(roles) - set(former[0].roles if former else ())
    Membership.objects.bulk_create(Membership(project=project, user=user, role=name) for name in sorted(lacking))
    verb, data = Event.Verb.MEMBER_ADDED, {"username": user.username, "member": user.pk} | roles_told(roles)
    if invitation and not former:
        verb, data, by = Event.Verb.INVITATION_ACCEPTED, data | {"invitation": invitation}, user
    if former:
        own.update(added_at=former[0].added_at)
        verb, data = Event.Verb.ROLE_CHANGED, data | change_told(former[0].roles, roles)
    Event.objects.create(project=project, verb=verb, by=by, data=data)
    return own.select_related("project", "user").whole()[0]


def read_roles(asked: Collection[str]) -> tuple[str, ...]:
    """The main one first. Raises Refused for what is no role, and for roles that nobody has together."""
    if unknown := sorted(set(asked) - set(Role.values)):
        raise Refused(_("role: %(role)s is none of %(roles)s") % {"role": unknown[0], "roles": ", ".join(Role.values)})
    if {Role.ANNOTATOR, Role.MANAGER} <= set(asked):
        raise Refused(
            _(
                "role: nobody is annotator and manager at once, as managers see everybody's scores. Give one of the two: who was"
                " manager can be annotator later, and is offered no response whose scores they were shown."
            )
        )
    return tuple(role for role in MAIN_FIRST if role in asked)


def roles_told(roles: Sequence[str]) -> dict[str, Any]:
    """For an event: the main role, and all where there are several."""
    return {"role": roles[0]} | ({"roles": list(roles)} if len(roles) > 1 else {})


def change_told(before: Sequence[str], after: Sequence[str]) -> dict[str, Any]:
    several = len(before) > 1 or len(after) > 1
    return {"role": [before[0], after[0]]} | ({"roles": [list(before), list(after)]} if several else {})


def lock_members(project: Project) -> None:
    """In a transaction: whoever claims or gives back a slot of the project, which locks their membership first, takes turns with
    it."""
    list(Membership.objects.select_for_update(of=("self",)).filter(project=project).order_by("pk").values_list("pk"))


def new_person(username: str) -> User:
    """A person without a password, who signs in after an administrator has set one, or with a token."""
    if fault := username_fault(username):
        raise Refused(f"username: {quoted(username)}: {fault}")
    user = User(username=username)
    user.set_unusable_password()
    user.save()
    return user


def set_password(*, user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
