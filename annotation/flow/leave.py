"""Ends a membership: what the person holds goes back at once; what they submitted stays and counts, and their drafts are kept."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.adjudicate.claims import end, record
from annotation.flow.score.giving_back import give_back_slots
from annotation.flow.setup.projects import roles_told
from annotation.models import (
    Adjudication,
    Assignment,
    CaseReview,
    Event,
    Membership,
    Participation,
    Project,
    Role,
    User,
)


@transaction.atomic
def end_member(*, username: str, project: Project, by: User | None = None) -> Participation:
    """End the person's membership of the project. Raises Refused for somebody who is no member, and for the last manager."""
    membership = membership_of(username, project)
    # Managers who leave wait for each other: else the last two could leave at once. A claim locks its membership, too.
    managers = Q(role=Role.MANAGER, user__is_active=True)
    rows = Membership.objects.select_for_update(of=("self",)).filter(managers | Q(user=membership.user_id), project=project)
    locked = {row.user_id: row for row in rows.order_by("pk").whole()}
    if membership.user_id not in locked:
        raise no_member(username)
    if [user for user, row in locked.items() if row.role == Role.MANAGER] == [membership.user_id]:
        raise Refused(
            _("%(username)s is the only manager of the project: make somebody else one first.") % {"username": username}
        )
    give_back(membership.user, project, by)
    Membership.objects.filter(project=project, user=membership.user_id).delete()
    participation = Participation.objects.get(project=project, user=membership.user)
    participation.ended_at, participation.ended_by = timezone.now(), by
    participation.save(update_fields=["ended_at", "ended_by"])
    data = {"username": membership.user.username, "member": membership.user_id} | roles_told(locked[membership.user_id].roles)
    Event.objects.create(project=project, verb=Event.Verb.MEMBER_ENDED, by=by, data=data)
    return participation


def membership_of(username: str, project: Project) -> Membership:
    """Raises Refused."""
    members = Membership.objects.filter(project=project).select_related("user")
    membership = members.named(username).first()
    if membership is None:
        raise no_member(username)
    return membership


def no_member(username: str) -> Refused:
    return Refused(_("username: %(username)s is no member of the project") % {"username": username})


def give_back(user: User, project: Project, by: User | None) -> None:
    """Give back the slot that the person holds, their case, and the cases that are reserved for them."""
    give_back_slots(Assignment.objects.held().filter(project=project, annotator=user), by)
    give_back_cases(CaseReview.objects.held().filter(project=project, adjudicator=user), user, project, by)
    Adjudication.objects.open().filter(task__project=project, reserved_for=user).update(reserved_for=None)


def give_back_cases(reviews: QuerySet[CaseReview], user: User, project: Project, by: User | None) -> None:
    for review in reviews.select_related("adjudication"):
        end(review, CaseReview.Ending.TAKEN_BACK, timezone.now())
        record(review.adjudication, Event.Verb.CASE_TAKEN_BACK, project, by, **{"from": user.username})
