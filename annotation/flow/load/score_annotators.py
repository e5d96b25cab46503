"""The annotators that a file of scores names: those who are there, and those who are to become members."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotation.flow.load.score_report import Loading
from annotation.flow.setup.projects import username_fault
from annotation.models import Event, Membership, Project, Role, User


@dataclass
class Annotators:
    """The annotators of a batch by name; those who are to become members; and why others cannot."""

    users: dict[str, User]
    newcomers: list[User]
    faults: dict[str, str]


def annotators_named(names: set[str], project: Project) -> Annotators:
    known = {user.username: user for user in User.objects.filter(username__in=names)}
    members = set(Membership.objects.in_project(project).filter(user__in=known.values()).values_list("user", flat=True))
    people = Annotators({}, [], {})
    for name in sorted(names):
        user = known.get(name)
        if user is None and (fault := username_fault(name)):
            people.faults[name] = fault
        elif user and user.pk not in members and user.is_active:
            people.faults[name] = _("%(name)s is known here but no member of the project: add them with add_member first") % {
                "name": name
            }
        else:
            people.users[name] = user or User(username=name, is_active=False)
            if user is None or user.pk not in members:
                people.newcomers.append(people.users[name])
    return people


def enrol(newcomers: list[User], loading: Loading) -> None:
    """Make the people who are not known yet, who cannot sign in, and make all of them annotators."""
    unknown = [user for user in newcomers if user.pk is None]
    for user in unknown:
        user.set_unusable_password()
    User.objects.bulk_create(unknown)
    project = loading.project
    Membership.objects.bulk_create(Membership(project=project, user=user, role=Role.ANNOTATOR) for user in newcomers)
    Event.objects.bulk_create(
        Event(
            project=project,
            verb=Event.Verb.MEMBER_ADDED,
            by=loading.by,
            data={"username": user.username, "role": Role.ANNOTATOR},
        )
        for user in newcomers
    )
    loading.report.annotators += len(newcomers)
