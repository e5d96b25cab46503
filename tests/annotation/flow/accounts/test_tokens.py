"""Tokens of one person are revoked, all or one; those of others stay."""

import pytest
from django.test import Client
from knox.models import AuthToken

from annotation.errors import Refused
from annotation.flow.accounts.tokens import live_tokens, new_token, revoke_tokens, tokens_of
from annotation.models import Event, Project
from tests.annotation.accounts.test_second_factor import with_factor
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project()


def works(client: Client, token: str) -> bool:
    return client.get("/api/v1/projects/", headers={"Authorization": f"Token {token}"}).status_code == 200


def test_all_tokens_of_a_person_or_one_are_revoked_with_an_event_in_each_project(client: Client, project: Project) -> None:
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    make_member(make_project(slug="other", rubrics=["small"]), "ana")
    first, second, third, others = *(new_token(user=ana, days=9) for _number in range(3)), new_token(user=bo, days=9)
    assert tokens_of([ana.pk]) == {ana.pk: [first[:8], second[:8], third[:8]]}
    assert revoke_tokens(username="ana", token=second[:8], by=bo) == 1
    assert [works(client, token) for token in (first, second, third, others)] == [True, False, True, True]
    assert revoke_tokens(username="ana") == 2
    assert [works(client, token) for token in (first, second, third, others)] == [False, False, False, True]
    events = Event.objects.filter(verb="tokens_revoked").order_by("pk").values_list("project__slug", "by", "data__tokens")
    assert list(events) == [("study", bo.pk, 1), ("other", bo.pk, 1), ("study", None, 2), ("other", None, 2)]
    assert revoke_tokens(username="ana") == 0


@pytest.mark.parametrize("days", [0, 3651])
def test_a_token_is_valid_for_one_day_to_ten_years(days: int) -> None:
    with pytest.raises(Refused, match=f"^A token is valid for 1 to 3650 days, not for {days}.$"):
        new_token(user=make_user("uma", password=None), days=days)


def test_a_token_that_is_made_is_an_event_in_each_project_without_the_secret(project: Project) -> None:
    ana = make_member(project, "ana")
    make_member(make_project(slug="other", rubrics=["small"]), "ana")
    token, own = new_token(user=ana, days=9), new_token(user=ana, days=3, by=ana)
    made = Event.objects.filter(verb="token_made").order_by("pk").values_list("project__slug", "by", "data")
    expected = [
        (slug, by, {"username": "ana", "member": ana.pk, "key": key[:8], "days": days})
        for key, by, days in ((token, None, 9), (own, ana.pk, 3))
        for slug in ("study", "other")
    ]
    assert list(made) == expected


def test_who_manages_a_project_that_asks_for_a_second_factor_has_one_before_making_a_token(project: Project) -> None:
    project.second_factor = True
    project.save()
    lea, ana = make_member(project, "lea", "manager"), make_member(project, "ana")
    with pytest.raises(Refused) as caught:
        new_token(user=lea, days=9, by=lea)
    assert str(caught.value) == (
        f"Set up your second factor first: {project.title} asks its managers for one, and a token is never asked for a code."
    )
    assert (new_token(user=ana, days=9, by=ana)[8:] != "", live_tokens(lea).count()) == (True, 0)
    with_factor(lea)
    new_token(user=lea, days=9, by=lea)
    assert live_tokens(lea).count() == 1


def test_nobody_makes_more_than_twenty_for_themselves(project: Project) -> None:
    ana = make_member(project, "ana")
    for _number in range(20):
        new_token(user=ana, days=9)
    with pytest.raises(Refused, match=r"^You have 20 tokens: revoke one first\.$"):
        new_token(user=ana, days=9, by=ana)
    revoke_tokens(username="ana", token=tokens_of([ana.pk])[ana.pk][0])
    new_token(user=ana, days=9, by=ana)
    assert live_tokens(ana).count() == 20


@pytest.mark.parametrize(
    ("username", "token", "message"),
    [
        ("zoe", "", "username: there is no zoe"),
        ("ana", "12345678", "token: ana has none that begins with 12345678"),
        ("ana", "", None),
        ("ana", "short", "token: ana has none that begins with short"),
    ],
)
def test_what_cannot_be_revoked_is_refused(project: Project, username: str, token: str, message: str | None) -> None:
    make_member(project, "ana")
    new_token(user=make_member(project, "bo"), days=9)
    if message is None:
        assert revoke_tokens(username=username, token=token) == 0
    else:
        with pytest.raises(Refused) as caught:
            revoke_tokens(username=username, token=token)
        assert str(caught.value) == message
    assert AuthToken.objects.count() == 1
