"""A second factor is set up, asked for, and not guessed; a project that asks its managers for one is closed without it."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from annotation.flow.accounts.second_factor import ask_for_second_factor
from annotation.flow.accounts.tokens import new_token
from annotation.models import Project, User
from tests.annotation.accounts.test_sign_in import sign_in
from tests.factories import PASSWORD, judged, make_member, make_project, make_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
SET_UP = "/accounts/second-factor/set-up/"
CODE = "/accounts/second-factor/code/"


def code_of(secret: str = SECRET) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30)))


def with_factor(user: User) -> User:
    cache.clear()  # a code that was used is not taken again
    totp.TOTP.activate(user, SECRET)
    return user


def confirmed(client: Client, answer: Any) -> Any:
    """The page that comes after the password was given once more."""
    return client.post(answer["Location"], {"password": PASSWORD}, follow=True)


def test_it_is_set_up_after_signing_in_and_gives_recovery_codes(client: Client) -> None:
    make_user("ana")
    sign_in(client)
    page = confirmed(client, client.get(SET_UP))
    secret = page.context["form"].secret
    assert ("<svg" in page.text, secret in page.text) == (True, True)
    assert client.post(SET_UP, {"code": "000000"}).context["form"].errors == {
        "code": ["This code is wrong, or its time is over."]
    }
    done = client.post(SET_UP, {"code": code_of(secret)}, follow=True)
    assert done.redirect_chain == [("/accounts/second-factor/recovery-codes/", 302)]
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    assert (len(codes), all(code in done.text for code in codes)) == (10, True)


def test_a_password_alone_does_not_sign_in_and_a_code_does(client: Client) -> None:
    with_factor(make_user("ana"))
    assert sign_in(client)["Location"] == CODE
    assert (client.get("/").status_code, client.get(CODE).status_code) == (302, 200)
    assert client.post(CODE, {"code": code_of()})["Location"] == "/"
    assert (client.get("/").status_code, client.session["browser"]) == (200, "")


def test_a_recovery_code_signs_in_once(client: Client) -> None:
    ana = with_factor(make_user("ana"))
    code = RecoveryCodes.activate(ana).get_unused_codes()[0]
    sign_in(client)
    assert client.post(CODE, {"code": code})["Location"] == "/"
    client.logout()
    sign_in(client)
    assert "This code is wrong" in client.post(CODE, {"code": code}).text


def test_codes_are_not_guessed(client: Client) -> None:
    with_factor(make_user("ana"))
    sign_in(client)
    answers = [client.post(CODE, {"code": "000000"}).status_code for _number in range(10)]
    assert answers == [200] * 9 + [429]
    locked = client.post(CODE, {"code": code_of()})
    assert "Too many wrong codes were given." in locked.text
    assert client.get("/").status_code == 302


def test_it_is_removed_and_recovery_codes_are_made_anew(client: Client) -> None:
    ana = with_factor(make_user("ana"))
    RecoveryCodes.activate(ana)
    sign_in(client)
    client.post(CODE, {"code": code_of()})
    before = confirmed(client, client.get("/accounts/second-factor/recovery-codes/")).text
    client.post("/accounts/second-factor/recovery-codes/new/")
    assert client.get("/accounts/second-factor/recovery-codes/").text != before
    assert "authenticator app" in client.get("/accounts/second-factor/").text
    client.post("/accounts/second-factor/remove/")
    assert Authenticator.objects.count() == 0
    assert sign_in(Client())["Location"] == "/"


@pytest.fixture
def project() -> Project:
    project = make_project()
    judged(project, [[1, 5, 1]])
    make_member(project, "ada", "adjudicator")
    make_member(project, "lea", "manager")
    ask_for_second_factor(project=project, wanted=True)
    return project


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


PAGES = ["", "members/", "responses/", "agreement/", "rights/", "adjudication/list/", "releases/"]


def test_a_manager_without_one_is_led_to_it_and_enters_with_it(project: Project) -> None:
    lea = signed_in("lea")
    task = project.tasks.get().pk
    addresses = [*(f"/projects/study/{page}" for page in PAGES), f"/responses/{task}/", f"/responses/{task}/history/"]
    for address in addresses:
        answer: Any = lea.get(address)
        assert (answer.status_code, answer.get("Location")) == (302, SET_UP), address
    assert "asks its managers for a second factor" in lea.get(SET_UP, follow=True).text
    assert lea.get("/").status_code == 200
    with_factor(User.objects.get(username="lea"))
    assert {lea.get(address).status_code for address in addresses} == {200}


def test_calls_of_the_api_are_closed_too_by_session_and_by_token(project: Project) -> None:
    token = new_token(user=User.objects.get(username="lea"), days=1)
    clients = [signed_in("lea"), Client(headers={"authorization": f"Token {token}"})]
    paths = ["members/", "agreement/", "adjudications/", "adjudication/lessons/", "releases/", "second-factor/", "events/"]
    for path in paths:
        assert [client.get(f"/api/v1/projects/study/{path}").status_code for client in clients] == [404, 404], path
    with_factor(User.objects.get(username="lea"))
    assert {client.get(f"/api/v1/projects/study/{path}").status_code for client in clients for path in paths} == {200}


def test_other_roles_and_other_projects_are_as_before(project: Project) -> None:
    make_member(make_project(slug="elsewhere", rubrics=["small"]), "lea", "manager")
    assert signed_in("lea").get("/projects/elsewhere/members/").status_code == 200
    assert signed_in("ada").get("/projects/study/adjudication/").status_code == 200
    assert signed_in("ana").get("/projects/study/annotate/").status_code == 200
    make_user("nobody")
    assert signed_in("nobody").get("/projects/study/members/").status_code == 404
