"""The pages for somebody who forgot their password."""

import pytest
from django.core import mail
from django.test import Client

from annotation.flow.accounts.password_links import make_link_by_command
from annotation.models import User
from tests.annotation.accounts.test_sign_in import sign_in
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ASK = "/accounts/password/forgotten/"
NEW = "a-better-one-77"


@pytest.fixture
def ana() -> User:
    user = make_user("ana")
    User.objects.filter(pk=user.pk).update(email="ana@example.org")
    return user


def test_the_answer_does_not_tell_whether_an_address_is_known(client: Client, ana: User) -> None:
    pages = [client.post(ASK, {"email": f"{name}@example.org"}).text.replace(name, "X") for name in ("ana", "bob")]
    without_tokens = [page.split('id="main"')[1].split("csrfmiddlewaretoken")[1][80:] for page in pages]
    assert without_tokens[0] == without_tokens[1]
    assert [sent.to for sent in mail.outbox] == [["ana@example.org"]]


def test_the_mailed_link_sets_a_password_and_leads_to_sign_in(client: Client, ana: User) -> None:
    client.post(ASK, {"email": "ana@example.org"})
    address = str(mail.outbox[0].body).split("http://testserver")[1].split("\n")[0]
    other = Client()
    other.force_login(ana)
    assert "account ana" in " ".join(client.get(address).text.split())
    done = client.post(address, {"password": NEW, "repeated": NEW}, follow=True)
    assert (done.redirect_chain, "The new password is set." in done.text) == ([("/accounts/login/", 302)], True)
    assert (other.get("/").status_code, sign_in(client, NEW).status_code) == (302, 302)
    over = client.get(address)
    assert (over.status_code, "This link was used already." in over.text) == (404, True)


def test_a_refused_password_is_told_and_not_shown(client: Client, ana: User) -> None:
    address = f"/accounts/password/new/{make_link_by_command(username='ana')[1]}/"
    answer = client.post(address, {"password": NEW, "repeated": "other"})
    assert (answer.status_code, "The two passwords differ." in answer.text, NEW in answer.text) == (400, True, False)
    assert sign_in(client, PASSWORD).status_code == 302


@pytest.mark.parametrize(("typed", "fault"), [("", "required"), ("nowhere", "`nowhere` is no e-mail address")])
def test_what_is_no_address_is_refused_and_stays(client: Client, typed: str, fault: str) -> None:
    answer = client.post(ASK, {"email": typed})
    assert (answer.status_code, fault in answer.text, f'value="{typed}"' in answer.text) == (400, True, True)


def test_asking_and_guessing_are_throttled_each_by_itself(client: Client, ana: User) -> None:
    assert [client.post(ASK, {"email": "a@example.org"}).status_code for _number in range(11)] == [200] * 9 + [429] * 2
    guesses = [client.get(f"/accounts/password/new/guess-{number}/").status_code for number in range(10)]
    assert guesses == [404] * 9 + [429]
    assert sign_in(client).status_code == 302
