import pytest
from django.test import Client

from rubrics.models import Rubric
from rubrics.payload import rubric_content
from rubrics.versioning import freeze
from tests.factories import make_member, make_project, make_rubric, rubric_file

pytestmark = pytest.mark.django_db


def test_every_version_is_listed_newest_first(signed_in: Client) -> None:
    freeze(rubric=make_rubric())
    make_rubric(title="Other")
    both = {"slug": "small", "category": "project-based-learning"}
    assert signed_in.get("/api/v1/rubrics/").json() == [
        both | {"version": 2, "title": "Other", "frozen": False},
        both | {"version": 1, "title": "Small", "frozen": True},
    ]


def test_a_version_comes_with_its_criteria_and_levels(signed_in: Client) -> None:
    rubric = Rubric.objects.with_content().get(pk=make_rubric().pk)
    assert signed_in.get("/api/v1/rubrics/small/1/").json() == rubric_content(rubric)
    assert signed_in.get("/api/v1/rubrics/small/2/").status_code == 404


def test_nobody_reads_rubrics_without_signing_in(client: Client) -> None:
    make_rubric()
    assert [client.get(f"/api/v1/rubrics/{path}").status_code for path in ("", "small/1/")] == [401, 401]


def test_a_manager_writes_freezes_and_begins_the_next_version(client: Client) -> None:
    client.force_login(make_member(make_project(), "lea", "manager"))
    own, changed = rubric_file(slug="own"), rubric_file(slug="own", title="Other")
    row = {"slug": "own", "version": 1, "title": "Small", "category": "project-based-learning", "frozen": False}
    taken = "there is a rubric own already"
    calls = [
        ("post", "", own, 201, row),
        ("post", "", own, 400, {"detail": f"slug: {taken}", "fields": {"slug": taken}}),
        ("put", "own/1/", changed, 200, row | {"title": "Other"}),
        ("post", "own/1/next/", own, 409, {"detail": "own@1 is a draft: change it, or freeze it first."}),
        ("post", "own/1/freeze/", {}, 200, row | {"title": "Other", "frozen": True}),
        ("put", "own/1/", own, 409, {"detail": "own@1 is frozen and never changes: begin its next version."}),
        ("post", "own/1/next/", own, 200, row | {"version": 2}),
        ("post", "own/1/next/", changed, 409, {"detail": "own@2 is the draft of the next version: change that one."}),
        ("put", "own/2/", rubric_file(), 400, None),
        ("put", "other/1/", own, 404, None),
    ]  # fmt: skip
    for method, address, body, status, expected in calls:
        answer = getattr(client, method)(f"/api/v1/rubrics/{address}", body, content_type="application/json")
        assert answer.status_code == status, (method, address, answer.content)
        assert expected is None or answer.json() == expected
    assert [rubric.name for rubric in Rubric.objects.filter(slug="own")] == ["own@2", "own@1"]


def test_whoever_manages_no_project_begins_no_rubric(client: Client) -> None:
    client.force_login(make_member(make_project(), "ana"))
    for method, address in (("post", ""), ("put", "small/1/"), ("post", "small/1/next/"), ("post", "small/1/freeze/")):
        answer = getattr(client, method)(f"/api/v1/rubrics/{address}", rubric_file(title="Mine"), content_type="application/json")
        assert answer.status_code == (404 if address else 403)
    assert Rubric.objects.get().title == "Small"


def test_a_refusal_names_every_field(client: Client) -> None:
    client.force_login(make_member(make_project(), "lea", "manager"))
    body = rubric_file(slug="Own", title="")
    answer = client.post("/api/v1/rubrics/", body, content_type="application/json")
    fields = {"slug": "expected small letters, digits and hyphens", "title": "expected a text of at most 200 characters"}
    assert (answer.status_code, answer.json()["fields"]) == (400, fields)
    assert client.post("/api/v1/rubrics/", [], content_type="application/json").status_code == 400
