"""Who is made anonymous is named nowhere that anybody is shown, and their work stays."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from knox.models import AuthToken

from annotation.errors import Refused
from annotation.flow.accounts.invitations import accept_invitation, invite
from annotation.flow.accounts.tokens import new_token
from annotation.flow.anonymise import anonymise
from annotation.flow.history import project_events, sentence
from annotation.flow.setup.projects import add_member
from annotation.flow.tables import pseudonyms
from annotation.models import Event, Invitation, Membership, Participation, Project, Revision, User
from tests.annotation.flow.accounts.test_sessions import signed_in
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def lea(project: Project) -> User:
    return make_member(project, "lea", "manager")


@pytest.fixture
def ana(project: Project, lea: User) -> User:
    """A person with everything that names people."""
    client = signed_in("ana")
    assert client.get("/").status_code == 200
    user = User.objects.get(username="ana")
    User.objects.filter(pk=user.pk).update(first_name="Ana", last_name="Alvarez", email="ana@example.org")
    _row, token = invite(project=project, role="annotator", email="ana@example.org", by=lea)
    accept_invitation(token=token, by=user)
    judged(project, [[1, 1, 2], [5, 5, 4]])
    new_token(user=user, days=3)
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(user=lea, content_type=kind, object_id=str(user.pk), object_repr="Ana Alvarez", action_flag=2)
    return User.objects.get(pk=user.pk)


def test_names_and_sign_in_go_and_work_stays(project: Project, lea: User, ana: User) -> None:
    client = signed_in("ana")
    before = pseudonyms(project)
    anonymise(username="Ana", project=project, by=lea)
    ana.refresh_from_db()
    names = (ana.first_name, ana.last_name, ana.email, ana.is_active, ana.has_usable_password())
    assert (names, ana.username.startswith("anonymous-")) == (("", "", "", False, False), True)
    assert (client.get("/").status_code, AuthToken.objects.count()) == (302, 0)
    assert not Membership.objects.filter(user=ana).exists()
    assert (Revision.objects.count(), pseudonyms(project)) == (6, before)
    assert (Invitation.objects.get().email, LogEntry.objects.get().object_repr) == ("", ana.username)
    assert Participation.objects.get(user=ana).name == "ana"  # of which the pseudonym is made


def test_the_history_names_them_no_more(project: Project, lea: User, ana: User) -> None:
    anonymise(username="ana", project=project, by=lea)
    told = [sentence(happening) for happening in project_events(Event.objects.order_by("pk"))]
    neutral = User.objects.get(pk=ana.pk).username
    assert f"{neutral} accepted an invitation as annotator." in told
    assert told[-1] == f"lea made {neutral} anonymous."
    assert [words for words in told if "ana " in words or "Ana" in words] == []
    assert [words for words in told if "bo " in words]  # others are


@pytest.mark.parametrize(
    "change",
    [
        lambda ana: add_member(username="ana", project=Project.objects.get(slug="study"), role="manager"),
        lambda ana: User.objects.filter(pk=ana.pk).update(is_staff=True),
        lambda ana: make_member(make_project(slug="elsewhere", rubrics=["small"]), "ana"),
    ],
    ids=["manager", "staff", "elsewhere"],
)
def test_a_manager_makes_nobody_anonymous_who_reaches_further_and_a_command_does(
    project: Project, lea: User, ana: User, change: Any
) -> None:
    change(ana)
    with pytest.raises(Refused, match="administrator"):
        anonymise(username="ana", project=project, by=lea)
    assert User.objects.filter(username="ana", email="ana@example.org").exists()
    anonymise(username="ana")
    assert Event.objects.filter(verb="anonymised").count() == Participation.objects.filter(user=ana).count()


def test_it_happens_once_and_is_final(project: Project, lea: User, ana: User) -> None:
    neutral = anonymise(username="ana", project=project, by=lea).username
    with pytest.raises(Refused, match="anonymous already"):
        anonymise(username=neutral)
    with pytest.raises(Refused, match="takes part no more"):
        add_member(username=neutral, project=project, role="annotator")


@pytest.mark.parametrize("name", ["nobody", "stranger", "n\0o"])
def test_who_never_took_part_is_not_there(project: Project, lea: User, name: str) -> None:
    make_member(make_project(slug="elsewhere", rubrics=["small"]), "stranger")
    with pytest.raises(Refused, match="there is no"):
        anonymise(username=name, project=project, by=lea)


def test_the_last_manager_stays(project: Project, lea: User) -> None:
    with pytest.raises(Refused, match="only manager"):
        anonymise(username="lea")
    assert User.objects.filter(username="lea", is_active=True).exists()
