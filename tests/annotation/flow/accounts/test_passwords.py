"""A new password revokes tokens and is logged without a name."""

import logging

import pytest
from knox.models import AuthToken

from annotation.flow.accounts.passwords import change_password
from annotation.flow.accounts.tokens import live_tokens, new_token
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_change_is_logged_with_the_number_of_tokens_and_no_name(caplog: pytest.LogCaptureFixture) -> None:
    ana = make_user("ana")
    new_token(user=ana, days=1)
    with caplog.at_level(logging.INFO, "sixpoint.accounts"):
        change_password(user=ana, password="another-one-77")
    assert caplog.messages == [f"password changed of person {ana.pk}, 1 tokens revoked"]
    assert (ana.check_password("another-one-77"), AuthToken.objects.count()) == (True, 0)


def test_expired_tokens_are_no_live_ones() -> None:
    ana = make_user("ana")
    new_token(user=ana, days=1)
    new_token(user=ana, days=1)
    first = AuthToken.objects.first()
    AuthToken.objects.filter(pk=first.pk).update(expiry=first.created)
    assert live_tokens(ana).count() == 1
