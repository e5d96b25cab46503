"""The language of a page: chosen by the person, else the browser's; the choice goes where the person goes."""

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.formats import date_format
from django.views.defaults import server_error

from annotation.models import Preferences
from tests.factories import PASSWORD, make_member, make_project, make_user

pytestmark = pytest.mark.django_db

SIGN_IN = {"en": "Sign in", "zh-hans": "登录", "zh-hant": "登入"}
BROWSERS = {
    "": "en",
    "fr": "en",
    "en-GB,zh-CN;q=0.5": "en",
    "zh": "zh-hans",
    "zh-CN,zh;q=0.9,en;q=0.8": "zh-hans",
    "zh-SG": "zh-hans",
    "zh-Hans-CN": "zh-hans",
    "zh-TW,zh;q=0.9,en;q=0.8": "zh-hant",
    "zh-HK": "zh-hant",
    "zh-MO": "zh-hant",
    "zh-Hant-HK": "zh-hant",
}


def shown(answer: Any) -> tuple[str, str]:
    """The page's language by its own account, and its heading."""
    page = answer.content.decode()
    return re.findall(r'<html lang="([\w-]+)"', page)[0], re.findall(r"<h1[^>]*>(.*?)</h1>", page)[0]


def choose(client: Client, language: str, **more: str) -> Any:
    return client.post("/language/", {"language": language, **more})


def sign_in(client: Client) -> None:
    assert client.post("/accounts/login/", {"login": "ana", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(("browser", "language"), BROWSERS.items())
def test_the_browsers_language_is_the_default(browser: str, language: str, client: Client) -> None:
    assert shown(client.get("/accounts/login/", headers={"accept-language": browser})) == (language, SIGN_IN[language])


def test_a_visitors_choice_beats_the_browsers_and_stays(client: Client) -> None:
    answer = choose(client, "zh-hant", next="/accounts/login/?next=/rubrics/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/rubrics/")
    cookie = client.cookies["sixpoint_language"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"], cookie["httponly"]) == ("zh-hant", 31_536_000, "Lax", True)
    assert shown(client.get("/accounts/login/", headers={"accept-language": "zh-CN"})) == ("zh-hant", "登入")
    assert Preferences.objects.count() == 0


def test_a_choice_follows_the_person_to_another_machine(client: Client) -> None:
    make_user("ana")
    make_user("bo")
    client.force_login(make_user("ana"))
    choose(client, "zh-hant")
    choose(client, "zh-hans")
    assert list(Preferences.objects.values_list("user__username", "language")) == [("ana", "zh-hans")]
    elsewhere = Client(headers={"accept-language": "en"})
    assert shown(elsewhere.get("/accounts/login/")) == ("en", "Sign in")
    sign_in(elsewhere)
    page = elsewhere.get("/")
    assert shown(page) == ("zh-hans", "我的项目")
    assert [str(message) for message in page.context["messages"]] == ["以 ana 成功登录。"]


def test_who_chose_none_keeps_the_browsers_after_signing_in(client: Client) -> None:
    make_user("ana")
    sign_in(client)
    assert "sixpoint_language" not in client.cookies
    assert shown(client.get("/", headers={"accept-language": "zh-TW"})) == ("zh-hant", "我的專案")


def test_a_language_that_is_not_spoken_is_refused_and_nothing_changes(client: Client) -> None:
    client.force_login(make_user("ana"))
    for language in ("fr", "zh", "", "zh-hans\r\nx"):
        answer = choose(client, language)
        assert answer.status_code == 400
        assert "language: expected one of en, zh-hans, zh-hant" in answer.content.decode()
        assert "sixpoint_language" not in answer.cookies
        assert choose(Client(), language).status_code == 400
    assert Preferences.objects.count() == 0
    assert client.get("/language/").status_code == 405


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:go()", ""]
)
def test_the_way_back_never_leads_elsewhere(back: str, client: Client) -> None:
    assert choose(client, "en", next=back)["Location"] == "/"


def test_every_page_offers_the_languages_and_the_way_back_to_itself(client: Client) -> None:
    client.force_login(make_member(make_project(), "ana"))
    for address in ("/", "/projects/study/", "/rubrics/?a=1&b=2"):
        page = client.get(address, headers={"accept-language": "zh-HK"}).content.decode()
        assert f'name="next" value="{address.replace("&", "&amp;")}"' in page
        assert re.findall(r'<option value="([\w-]+)" lang="([\w-]+)"( selected)?>(.*?)</option>', page) == [
            ("en", "en", "", "English"),
            ("zh-hans", "zh-hans", "", "简体中文"),
            ("zh-hant", "zh-hant", " selected", "繁體中文"),
        ]


def test_a_page_that_was_posted_to_is_no_way_back(client: Client) -> None:
    assert 'name="next"' not in client.post("/accounts/login/", {"login": "ana", "password": "wrong"}).content.decode()


def test_the_page_of_a_failure_says_its_language() -> None:
    with translation.override("zh-hant"):
        assert shown(server_error(RequestFactory().get("/"))) == ("zh-hant", "我們這邊出了問題")


def test_dates_follow_the_language(client: Client) -> None:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    job = project.jobs.create(kind="prepare_images")
    for language in SIGN_IN:
        with translation.override(language):
            made = date_format(job.made_at, "DATETIME_FORMAT")
        assert (language.startswith("zh"), made) == ("年" in made, made)
        assert made in client.get("/projects/study/material/", headers={"accept-language": language}).content.decode()
