"""An invitation brings in as many people as it says, until it expires, is withdrawn, or its maker manages no more."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotation.errors import Refused, ValidationError
from annotation.flow.accounts.invitations import (
    accept_invitation,
    enter,
    invitation_of,
    invite,
    join,
    withdraw_invitation,
)
from annotation.flow.history import project_events, sentence
from annotation.flow.leave import end_member
from annotation.models import Event, Invitation, Membership, Participation, Project, User
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a-better-one-77"


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def lea(project: Project) -> User:
    return make_member(project, "lea", "manager")


def enters(token: str, username: str = "ana", password: str = PASSWORD, repeated: str = PASSWORD) -> Membership:
    return join(token=token, username=username, password=password, repeated=repeated)


def test_who_has_the_link_makes_an_account_and_takes_part(project: Project, lea: User) -> None:
    invitation, token = invite(project=project, role="adjudicator", email="ana@example.org", by=lea)
    membership = enters(token)
    user = User.objects.get(username="ana")
    assert (membership.user, membership.role, user.email, user.check_password(PASSWORD)) == (
        user,
        "adjudicator",
        "ana@example.org",
        True,
    )
    assert Participation.objects.filter(project=project, user=user, name="ana").exists()
    assert [sentence(happening) for happening in project_events(Event.objects.order_by("pk"))][-2:] == [
        "lea made an invitation as adjudicator.",
        "ana accepted an invitation as adjudicator.",
    ]
    details = {"username": "ana", "role": "adjudicator", "member": user.pk, "invitation": invitation.pk}
    assert Event.objects.filter(verb="invitation_accepted").values_list("by", "data").get() == (user.pk, details)
    assert token not in str(list(Invitation.objects.values())) + str(list(Event.objects.values()))


def test_who_joins_may_give_an_address_of_their_own(project: Project) -> None:
    token = invite(project=project, role="annotator", email="lab@example.org")[1]
    with pytest.raises(ValidationError) as caught:
        join(token=token, username="ana", password=PASSWORD, repeated=PASSWORD, email="ana@")
    assert caught.value.fields == {"email": "`ana@` is no e-mail address"}
    join(token=token, username="ana", password=PASSWORD, repeated=PASSWORD, email="ana@example.org")
    assert User.objects.get(username="ana").email == "ana@example.org"


def test_a_link_for_several_gives_nobody_its_address(project: Project) -> None:
    _row, token = invite(project=project, role="annotator", email="lab@example.org", uses=2)
    enters(token, "ana")
    accept_invitation(token=token, by=make_user("bo"))
    assert set(User.objects.values_list("username", "email")) == {("ana", ""), ("bo", "")}
    with pytest.raises(Refused, match=r"^This invitation was used already\."):
        enters(token, "chen")
    assert not User.objects.filter(username="chen").exists()


def test_a_member_keeps_their_role_and_uses_nothing_up(project: Project, lea: User) -> None:
    _row, token = invite(project=project, role="annotator", by=lea)
    with pytest.raises(Refused, match=r"^You take part in study already, as manager\.$"):
        accept_invitation(token=token, by=lea)
    assert accept_invitation(token=token, by=make_user("ana")).role == "annotator"


@pytest.mark.parametrize("ending", ["unknown", "withdrawn", "expired", "maker left"])
def test_an_invitation_that_is_over_says_why(project: Project, lea: User, ending: str) -> None:
    row, token = invite(project=project, role="annotator", by=lea)
    if ending == "unknown":
        token += "x"
    elif ending == "withdrawn":
        withdraw_invitation(project=project, invitation=row.pk, by=lea)
    elif ending == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        make_member(project, "max", "manager")
        end_member(username="lea", project=project)
    words = {
        "unknown": "There is no such invitation.",
        "withdrawn": "This invitation was withdrawn.",
        "expired": "This invitation has expired.",
        "maker left": "Who made this invitation no longer manages the project.",
    }
    with pytest.raises(Refused) as refused:
        enters(token)
    assert str(refused.value).startswith(words[ending])
    with pytest.raises(Refused):
        invitation_of(token)
    assert not User.objects.filter(username="ana").exists()


def test_only_what_can_be_accepted_is_listed(project: Project, lea: User) -> None:
    rows = {}
    for name in ("open", "withdrawn", "expired", "used"):
        rows[name], token = invite(project=project, role="annotator", by=lea)
    withdraw_invitation(project=project, invitation=rows["withdrawn"].pk, by=lea)
    Invitation.objects.filter(pk=rows["expired"].pk).update(expires_at=timezone.now())
    accept_invitation(token=token, by=make_user("ana"))
    assert list(Invitation.objects.open()) == [rows["open"]]
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_invitation(project=project, invitation=rows["withdrawn"].pk, by=lea)


@pytest.mark.parametrize(
    ("named", "fault"),
    [
        ({"role": "king"}, "role: `king` is none of annotator, adjudicator, expert, manager"),
        ({"email": "nowhere"}, "email: `nowhere` is no e-mail address"),
        ({"email": None}, "email: `null` is no e-mail address"),
        ({"uses": 0}, "uses: expected a whole number from 1 to 500, not `0`"),
        ({"days": "x"}, "days: expected a whole number from 1 to 90, not `x`"),
        ({"days": 91}, "days: expected a whole number from 1 to 90, not `91`"),
    ],
)
def test_what_cannot_be_invited_is_refused(project: Project, named: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValidationError) as refused:
        invite(**{"project": project, "role": "annotator"} | named)
    assert (str(refused.value), Invitation.objects.count()) == (fault, 0)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"username": "Léa"}, {"username": "`Léa` exists already: choose another name, or sign in"}),
        ({"username": ""}, {"username": "required"}),
        (
            {"username": "a b"},
            {"username": '`" "` may not stand in a username: expected letters of any script, digits and @ . + - _'},
        ),
        ({"repeated": "other"}, {"repeated": "The two passwords differ."}),
        (
            {"password": "ana"},
            {
                "password": "The password is too similar to the username. This password is too short. It must contain at least "
                "8 characters. This password is too common."
            },
        ),
    ],
)
def test_names_and_passwords_are_checked_as_everywhere(project: Project, typed: dict[str, str], fields: Any) -> None:
    make_user("léa")
    _row, token = invite(project=project, role="annotator")
    with pytest.raises(ValidationError) as refused:
        enters(token, **typed)
    assert refused.value.fields == fields
    assert list(User.objects.values_list("username", flat=True)) == ["léa"]


def test_a_name_that_somebody_takes_at_the_same_moment_is_refused(project: Project) -> None:
    make_user("ana")
    _row, token = invite(project=project, role="annotator")
    with pytest.raises(ValidationError, match="exists already"):
        enter(token=token, user=User(username="Ana"))
    assert Membership.objects.count() == 0
