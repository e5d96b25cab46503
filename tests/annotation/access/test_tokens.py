from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from annotation.flow.accounts.tokens import new_token
from annotation.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return make_user("ana", password=None)


def status(authorization: str) -> int:
    return Client().get("/api/v1/projects/", headers={"Authorization": authorization}).status_code


def test_a_token_is_valid_until_it_expires(ana: User) -> None:
    token = new_token(user=ana, days=1)
    assert status(f"Token {token}") == 200
    AuthToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    assert status(f"Token {token}") == 401
    AuthToken.objects.update(expiry=None)
    assert status(f"Token {token}") == 200


@pytest.mark.parametrize("token", ["", "0" * 64, "\xff", "a\0b", "mark 0", "one two"])
def test_what_is_no_token_is_refused(ana: User, token: str) -> None:
    new_token(user=ana, days=1)
    assert status(f"Token {token}") == 401


def test_a_token_of_somebody_who_left_is_refused(ana: User) -> None:
    token = new_token(user=ana, days=1)
    User.objects.update(is_active=False)
    assert status(f"Token {token}") == 401


def test_a_new_token_deletes_the_persons_expired_tokens_and_no_others(ana: User) -> None:
    old, held = (new_token(user=ana, days=days) for days in (1, 3))
    others = new_token(user=make_user("bo", password=None), days=1)
    AuthToken.objects.filter(expiry__lt=timezone.now() + timedelta(days=2)).update(expiry=timezone.now() - timedelta(1))
    new_token(user=ana, days=1)
    assert status(f"Token {held}") == 200
    assert AuthToken.objects.filter(token_key__in=[token[:15] for token in (old, held, others)]).count() == 2
