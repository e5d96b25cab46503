"""The annotators that a score file names: which of them are members already, and which become members."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from annotation.flow.setup.people import take_part
from annotation.flow.setup.projects import username_fault
from annotation.flow.staging import reserve_keys
from annotation.models import Event, Membership, Participation, Project, Role, User, normal_form


@dataclass
class Annotators:
    """The users by name, of whom `newcomers` are to become members; for other names, the fault."""

    users: dict[str, User] = field(default_factory=dict)
    newcomers: list[User] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)

    def known(self) -> set[str]:
        return self.users.keys() | self.faults.keys()

    def add(self, others: "Annotators") -> None:
        self.users |= others.users
        self.newcomers += others.newcomers
        self.faults |= others.faults


def annotators_named(names: set[str], project: Project, spellings: dict[str, str]) -> Annotators:
    """Three queries. A name without a user gets a new one, who cannot sign in: not stored yet, but with a key. Whose membership
    has ended is known, and does not become a member again.

    `spellings` has, by its normal form, how the file has spelled each name so far: two spellings of one name are a fault.
    """
    users = {user.normal_username: user for user in User.objects.named(*names)}
    took_part = set(Participation.objects.filter(project=project, user__in=users.values()).values_list("user", flat=True))
    annotators = Annotators()
    for name in sorted(names):
        user = users.get(normal_form(name))
        spelling = spellings.setdefault(normal_form(name), name)
        if spelling != name:
            annotators.faults[name] = _("%(name)s and %(spelling)s are the same name: expected one spelling") % {
                "name": name,
                "spelling": spelling,
            }
        elif user is None and (fault := username_fault(name)):
            annotators.faults[name] = fault
        elif user and user.pk not in took_part and user.is_active:
            annotators.faults[name] = _("%(name)s is known here but no member of the project: add them with add_member first") % {
                "name": name
            }
        else:
            annotators.users[name] = user or User(username=name, is_active=False)
            if user is None or user.pk not in took_part:
                annotators.newcomers.append(annotators.users[name])
    without_account = [user for user in annotators.newcomers if user._state.adding]
    for user, key in zip(without_account, reserve_keys(User, len(without_account)), strict=True):
        user.pk = key
    return annotators


def enrol(newcomers: list[User], *, project: Project, by: User | None) -> None:
    """Store those who have no account yet, without a password, and make all of them annotators of the project."""
    without_account = [user for user in newcomers if user._state.adding]
    for user in without_account:
        user.set_unusable_password()
    User.objects.bulk_create(without_account)
    take_part(newcomers, project=project)
    Membership.objects.bulk_create(Membership(project=project, user=user, role=Role.ANNOTATOR) for user in newcomers)
    Event.objects.bulk_create(
        Event(
            project=project,
            verb=Event.Verb.MEMBER_ADDED,
            by=by,
            data={"username": user.username, "role": Role.ANNOTATOR, "member": user.pk},
        )
        for user in newcomers
    )
