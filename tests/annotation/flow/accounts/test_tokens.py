"""Tokens of one person are revoked, all or one; those of others stay."""

import pytest
from django.test import Client
from knox.models import AuthToken

from annotation.errors import Refused
from annotation.flow.accounts.tokens import revoke_tokens, tokens_of
from annotation.flow.setup.projects import new_token
from annotation.models import Event, Project
from tests.factories import make_member, make_project

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
