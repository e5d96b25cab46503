"""The annotators that a score file names: which of them are members already, and which become members."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from annotation.flow.setup.projects import username_fault
from annotation.models import Event, Membership, Project, Role, User


@dataclass
class Annotators:
    """The users by name, of whom `newcomers` are to become members; for other names, the fault."""

    users: dict[str, User] = field(default_factory=dict)
    newcomers: list[User] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)


def annotators_named(names: set[str], project: Project) -> Annotators:
    """Two queries. A name without a user gets a new one, not stored yet, who cannot sign in."""
    users = {user.username: user for user in User.objects.filter(username__in=names)}
    members = set(Membership.objects.in_project(project).filter(user__in=users.values()).values_list("user", flat=True))
    annotators = Annotators()
    for name in sorted(names):
        user = users.get(name)
        if user is None and (fault := username_fault(name)):
            annotators.faults[name] = fault
        elif user and user.pk not in members and user.is_active:
            annotators.faults[name] = _("%(name)s is known here but no member of the project: add them with add_member first") % {
                "name": name
            }
        else:
            annotators.users[name] = user or User(username=name, is_active=False)
            if user is None or user.pk not in members:
                annotators.newcomers.append(annotators.users[name])
    return annotators


def enrol(newcomers: list[User], *, project: Project, by: User | None) -> None:
    """Store those who have no account yet, without a password, and make all of them annotators of the project."""
    without_account = [user for user in newcomers if user.pk is None]
    for user in without_account:
        user.set_unusable_password()
    User.objects.bulk_create(without_account)
    Membership.objects.bulk_create(Membership(project=project, user=user, role=Role.ANNOTATOR) for user in newcomers)
    Event.objects.bulk_create(
        Event(
            project=project,
            verb=Event.Verb.MEMBER_ADDED,
            by=by,
            data={"username": user.username, "role": Role.ANNOTATOR},
        )
        for user in newcomers
    )
