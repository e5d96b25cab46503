"""What holds for every answer: who may keep it, that errors of the API are JSON, which addresses there cannot be."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from annotation.models import User
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db
NOBODYS = "private, no-store"
NEVER = "max-age=0, no-cache, no-store, must-revalidate, private"  # what Django's never_cache says


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of the code")


def of_page(status: int) -> Callable[[HttpRequest], HttpResponse]:
    return lambda request: HttpResponse("<h1>A page</h1>", status=status)


handler400 = "annotation.uploads.refused"
urlpatterns = [
    path("api/v1/breaks/", breaks),
    *(path(f"api/v1/page/{status}/", of_page(status)) for status in (403, 413, 415, 429, 500)),
    path("", include("config.urls")),
]


@pytest.fixture
def member(client: Client) -> Client:
    client.force_login(make_member(make_project(), "ana", "manager"))
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/", NOBODYS),
        ("/projects/study/", NOBODYS),
        ("/projects/study/rules/", NEVER),
        ("/nowhere/", NOBODYS),
        ("/static/nowhere.css", NOBODYS),
        ("/healthz", NEVER),
        ("/api/v1/projects/", NOBODYS),
        ("/api/v1/nowhere/", NOBODYS),
        ("/api/v1/projects", NOBODYS),
    ],
)
def test_nobody_keeps_an_answer_whose_view_does_not_say_so(member: Client, address: str, kept: str) -> None:
    assert member.get(address)["Cache-Control"] == kept


NOT_FOUND = (404, {"detail": "Not found."})
CALLS: list[tuple[str, str, dict[str, Any], tuple[int, dict[str, str]]]] = [
    ("GET", "/api", {}, NOT_FOUND),
    ("GET", "/api/nowhere", {}, NOT_FOUND),
    ("GET", "/api/v1/nowhere/", {}, NOT_FOUND),
    ("POST", "/api/v1/projects/%00/claim/", {}, NOT_FOUND),
    ("POST", "/api/v1/projects/a%0Ab/claim/", {}, NOT_FOUND),
    ("POST", "/api/v1/projects/%FF/claim/", {}, NOT_FOUND),
    ("GET", "/api/v1/jobs/" + "9" * 5000 + "/", {}, NOT_FOUND),
    ("PUT", "/api/v1/assignments/" + "9" * 30 + "/draft/", {"data": "{}", "content_type": "application/json"}, NOT_FOUND),
    ("GET", "/api/v1/projects/?page=%00", {}, (400, {"detail": "Bad Request"})),
    ("GET", "/api/v1/projects/study/duplicates/?" + "a&" * 2000, {}, (400, {"detail": "Bad Request"})),
    ("DELETE", "/api/v1/projects/", {}, (405, {"detail": 'Method "DELETE" not allowed.'})),
    ("POST", "/api/v1/projects/study/claim/", {"HTTP_HOST": "elsewhere"}, (400, {"detail": "Bad Request"})),
    ("GET", "/api/v1/projects/", {"HTTP_ACCEPT": "text/html"}, (406, {"detail": "Could not satisfy the request Accept header."})),
    (
        "PUT",
        "/api/v1/assignments/1/draft/",
        {"content_type": "text/plain", "data": "x"},
        (415, {"detail": 'Unsupported media type "text/plain" in request.'}),
    ),
    ("GET", "/api/v1/breaks/", {}, (500, {"detail": "A server error occurred."})),
    ("GET", "/api/v1/page/403/", {}, (403, {"detail": "You do not have permission to perform this action."})),
    ("GET", "/api/v1/page/413/", {}, (413, {"detail": "Request Entity Too Large"})),
    ("GET", "/api/v1/page/429/", {}, (429, {"detail": "Too Many Requests"})),
]


@pytest.mark.parametrize(("method", "address", "more", "expected"), CALLS)
@pytest.mark.urls("tests.config.http.test_middleware")
def test_each_error_of_the_api_is_json_with_a_detail(
    member: Client, method: str, address: str, more: dict[str, Any], expected: tuple[int, dict[str, str]]
) -> None:
    answer = member.generic(method, address, **more)
    assert (answer.status_code, answer["Content-Type"], answer.json()) == (expected[0], "application/json", expected[1])


@pytest.mark.urls("tests.config.http.test_middleware")
def test_it_is_with_debug_too(member: Client, settings: Any) -> None:
    settings.DEBUG = True
    answers = [member.get(f"/api/v1/{address}/") for address in ("nowhere", "breaks")]
    assert [(answer.status_code, answer.json()) for answer in answers] == [
        NOT_FOUND,
        (500, {"detail": "A server error occurred."}),
    ]


def test_a_schema_that_nobody_may_read_is_refused_as_json() -> None:
    answer = Client().get("/api/v1/schema/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")
    assert answer.json() == {"detail": "Authentication credentials were not provided."}


def test_a_call_without_a_csrf_token_is_refused_as_json(member: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="ana"))
    answer = strict.post("/api/v1/projects/study/claim/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/json")
    assert answer.json() == {"detail": "CSRF Failed: CSRF cookie not set."}


@pytest.mark.parametrize("debug", [False, True])
def test_who_leaves_out_the_last_slash_is_sent_to_it_with_method_and_body(member: Client, debug: bool, settings: Any) -> None:
    settings.DEBUG = debug
    answers = [member.generic(method, "/api/v1/projects/study/claim?a=%C3%A9", "{}") for method in ("GET", "POST", "PUT")]
    for answer in answers:
        assert (answer.status_code, answer["Location"]) == (308, "/api/v1/projects/study/claim/?a=%C3%A9")
        assert (answer["Content-Type"], answer.json()) == ("application/json", {"detail": "This address ends with a slash."})


def test_pages_keep_their_own_errors(member: Client) -> None:
    answers = [member.get(address) for address in ("/nowhere/", "/projects/a%00/", "/?q=%00", "/media/%00", "/media/a%1Fb")]
    assert [answer.status_code for answer in answers] == [404, 404, 400, 404, 404]
    assert {answer["Content-Type"] for answer in answers} == {"text/html; charset=utf-8"}


def test_a_page_of_one_person_does_nothing_in_the_name_of_another_who_has_signed_in_since(client: Client) -> None:
    project = make_project()
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    client.force_login(bo)
    said = [client.get("/", headers={"X-Person": str(person)}).status_code for person in (ana.pk, bo.pk, "", "None")]
    assert said == [403, 200, 403, 403]
    assert client.get("/").status_code == 200
    client.logout()
    assert client.get("/accounts/login/", headers={"X-Person": str(bo.pk)}).status_code == 403
