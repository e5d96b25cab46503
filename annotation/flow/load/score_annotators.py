"""The annotators that a score file names: which of them are members already, and which become members."""

import unicodedata
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from annotation.fields import username_fault
from annotation.flow.load.score_rows import Spellings
from annotation.flow.setup.people import take_part
from annotation.flow.staging import reserve_keys
from annotation.models import Event, Membership, Participation, Project, Role, User


@dataclass
class Annotators:
    """The users by the normal form of their names, of whom `newcomers` are to become members; for other names, the fault."""

    users: dict[str, User] = field(default_factory=dict)
    newcomers: list[User] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)

    def known(self) -> set[str]:
        return self.users.keys() | self.faults.keys()

    def add(self, others: "Annotators") -> None:
        self.users |= others.users
        self.newcomers += others.newcomers
        self.faults |= others.faults


def annotators_named(names: set[str], project: Project, spellings: Spellings) -> Annotators:
    """Three queries. The names are in their normal form. One without a user gets a new one, who cannot sign in: not stored yet,
    but with a key. Whose membership has ended is known, and does not become a member again.

    The first of its `spellings` in the file becomes the name of a new user.
    """
    users = {user.normal_username: user for user in User.objects.named(*names)}
    took_part = set(Participation.objects.filter(project=project, user__in=users.values()).values_list("user", flat=True))
    annotators = Annotators()
    for name in sorted(names):
        user = users.get(name)
        spelling = unicodedata.normalize("NFC", next(iter(spellings[name])).strip())
        if user is None and (fault := username_fault(spelling)):
            annotators.faults[name] = fault
        elif user and user.pk not in took_part and user.is_active:
            annotators.faults[name] = _("is known here but no member of the project: add them with add_member first")
        else:
            annotators.users[name] = user or User(username=spelling, is_active=False)
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
