"""A link for a new password works once, and gives nobody an account that reaches more than they manage."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from knox.models import AuthToken

from annotation.errors import Refused, ValidationError
from annotation.flow.accounts.password_links import (
    link_of,
    mail_links,
    make_link_by_command,
    make_password_link,
    new_link_by_mail,
    use_link,
)
from annotation.flow.accounts.tokens import new_token
from annotation.flow.leave import end_member
from annotation.flow.setup.projects import add_member
from annotation.models import Event, PasswordLink, Project, User
from tests.factories import PASSWORD, make_member, make_project, make_user

pytestmark = pytest.mark.django_db
NEW = "a-better-one-77"


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def lea(project: Project) -> User:
    return make_member(project, "lea", "manager")


@pytest.fixture
def ana(project: Project) -> User:
    return make_member(project, "ana")


def use(token: str) -> User:
    return use_link(token=token, password=NEW, repeated=NEW)


def test_a_managers_link_sets_a_password_once_and_ends_tokens(project: Project, lea: User, ana: User) -> None:
    new_token(user=ana, days=3)
    link, token = make_password_link(username="ANA", project=project, by=lea)
    assert use(token) == ana
    ana.refresh_from_db()
    assert (ana.check_password(NEW), AuthToken.objects.count()) == (True, 0)
    with pytest.raises(Refused, match=r"^This link was used already\."):
        use(token)
    event = Event.objects.get(verb="password_link_made")
    assert (event.by, event.data, token in str(vars(link))) == (lea, {"username": "ana", "member": ana.pk}, False)


@pytest.mark.parametrize(
    "change",
    [
        lambda ana: add_member(username="ana", project=Project.objects.get(slug="study"), role="manager"),
        lambda ana: User.objects.filter(pk=ana.pk).update(is_staff=True),
        lambda ana: User.objects.filter(pk=ana.pk).update(is_superuser=True),
        lambda ana: User.objects.filter(pk=ana.pk).update(is_active=False),
        lambda ana: make_member(make_project(slug="elsewhere", rubrics=["small"]), "ana"),
        lambda ana: end_member(username="ana", project=Project.objects.get(slug="study")),
    ],
    ids=["manager", "staff", "superuser", "inactive", "member elsewhere", "member no more"],
)
def test_a_manager_takes_nobodys_account_who_reaches_more(project: Project, lea: User, ana: User, change: Any) -> None:
    _link, token = make_password_link(username="ana", project=project, by=lea)
    change(ana)
    with pytest.raises(Refused):
        make_password_link(username="ana", project=project, by=lea)
    with pytest.raises(Refused):
        use(token)  # nor by a link from before
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_a_member_of_two_projects_that_the_manager_manages_gets_a_link(project: Project, lea: User, ana: User) -> None:
    other = make_project(slug="elsewhere", rubrics=["small"])
    for name, role in {"ana": "annotator", "lea": "manager"}.items():
        make_member(other, name, role)
    assert make_password_link(username="ana", project=project, by=lea)


def test_who_is_no_member_gets_no_link(project: Project, lea: User) -> None:
    make_user("stranger")
    with pytest.raises(Refused, match="stranger is no member of the project"):
        make_password_link(username="stranger", project=project, by=lea)


def test_a_link_expires_and_says_so(project: Project, lea: User, ana: User) -> None:
    _link, token = make_password_link(username="ana", project=project, by=lea)
    PasswordLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match=r"^This link has expired\."):
        link_of(token)
    with pytest.raises(Refused, match=r"^There is no such link\."):
        link_of(f"{token}x")


def test_one_link_ends_the_others(project: Project, lea: User, ana: User) -> None:
    tokens = [make_password_link(username="ana", project=project, by=lea)[1] for _number in range(2)]
    use(tokens[0])
    with pytest.raises(Refused, match="has expired"):
        use(tokens[1])


@pytest.mark.parametrize(
    ("password", "repeated", "field"), [("short", "short", "password"), (NEW, "other", "repeated"), ("ana", "ana", "password")]
)
def test_a_weak_or_mistyped_password_is_refused_and_the_link_stays(ana: User, password: str, repeated: str, field: str) -> None:
    _link, token = make_link_by_command(username="ana")
    with pytest.raises(ValidationError) as refused:
        use_link(token=token, password=password, repeated=repeated)
    assert list(refused.value.fields) == [field]
    assert use(token) == ana


def test_a_link_is_mailed_to_everybody_with_the_address_and_to_nobody_else() -> None:
    for name, address in {"ana": "lab@example.org", "bo": "Lab@Example.org", "chen": "", "dan": "dan@example.org"}.items():
        User.objects.filter(pk=make_user(name).pk).update(email=address)
    User.objects.filter(pk=make_user("idle").pk).update(email="lab@example.org", is_active=False)
    mail_links.call("lab@example.org", "https://here/TOKEN/", "en")
    mail_links.call("", "https://here/TOKEN/", "en")
    assert [(sent.to, name in str(sent.body)) for sent, name in zip(mail.outbox, ("ana", "bo"), strict=True)] == [
        (["lab@example.org"], True),
        (["Lab@Example.org"], True),
    ]
    token = str(mail.outbox[0].body).split("https://here/")[1].split("/")[0]
    assert use(token).username == "ana"


def test_nobody_fills_a_mailbox(ana: User) -> None:
    assert [bool(new_link_by_mail(ana)) for _number in range(4)] == [True, True, True, False]


@pytest.mark.parametrize("name", ["nobody", "idle", "a\0na"])
def test_a_command_makes_no_link_for_who_cannot_sign_in(name: str) -> None:
    User.objects.filter(pk=make_user("idle").pk).update(is_active=False)
    with pytest.raises(Refused, match="who can sign in"):
        make_link_by_command(username=name)
