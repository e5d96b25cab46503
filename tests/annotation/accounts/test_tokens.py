"""The page of a person's own tokens: made after the password was given once more, shown once, revoked."""

import re

import pytest
from django.test import Client
from knox.models import AuthToken

from annotation.flow.accounts.tokens import new_token
from annotation.models import Event
from tests.annotation.accounts.test_second_factor import confirmed, sign_in
from tests.factories import make_member, make_project, make_user
from tests.markup import compact

pytestmark = pytest.mark.django_db
PAGE = "/accounts/tokens/"
SHOWN = re.compile(r'<input id="token" value="([0-9a-f]{64})" readonly')


def test_a_token_is_made_after_the_password_was_given_and_is_shown_once(client: Client) -> None:
    ana = make_member(make_project(), "ana")
    make_user("ana")
    sign_in(client)
    asked = client.post(PAGE, {"days": "9"})
    assert (asked.status_code, AuthToken.objects.count()) == (302, 0)
    page = confirmed(client, asked).text
    [token] = SHOWN.findall(page)
    headers = {"Authorization": f"Token {token}"}
    assert Client().get("/api/v1/projects/", headers=headers).json()[0]["slug"] == "study"
    again = client.get(PAGE).text
    assert (SHOWN.findall(again), f"<code>{token[:8]}</code>" in again, token in again) == ([], True, False)
    stored = AuthToken.objects.get()
    assert (stored.user_id, round((stored.expiry - stored.created).total_seconds() / 86400)) == (ana.pk, 9)
    assert list(Event.objects.filter(verb="token_made").values_list("by", "data__key")) == [(ana.pk, token[:8])]


@pytest.mark.parametrize("days", ["0", "3651", "soon", ""])
def test_what_is_no_number_of_days_is_told_at_the_field(client: Client, days: str) -> None:
    make_user("ana")
    sign_in(client)
    confirmed(client, client.post(PAGE, {"days": "9"}))
    answer = client.post(PAGE, {"days": days})
    page = compact(answer.content.decode())
    assert (answer.status_code, AuthToken.objects.count()) == (400, 1)
    assert '<p id="fault">A token is valid for 1 to 3650 days' in page
    assert 'aria-invalid="true" aria-describedby="fault"' in page


def test_only_ones_own_tokens_are_listed_and_revoked(client: Client) -> None:
    ana, bo = make_user("ana"), make_user("bo")
    own, others = new_token(user=ana, days=9), new_token(user=bo, days=9)
    sign_in(client)
    page = client.get(PAGE).text
    assert (own[:8] in page, others[:8] in page) == (True, False)
    for beginning in (others[:15], others, ""):
        client.post("/accounts/tokens/revoke/", {"token": beginning})
    assert AuthToken.objects.count() == 2
    done = client.post("/accounts/tokens/revoke/", {"token": own[:15]}, follow=True)
    assert "The token was revoked" in done.text
    assert list(AuthToken.objects.values_list("user", flat=True)) == [bo.pk]
