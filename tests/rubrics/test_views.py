import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import criterion, make_member, make_project, make_rubric, make_user

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 12  # session and person, the version with its criteria and levels, who writes, other versions, projects


def test_the_page_of_a_rubric_shows_guidance_as_safe_html_and_every_level(signed_in: Client) -> None:
    make_rubric(criteria=[criterion(key="a")], guidance="Read **twice**. <script>x</script>")
    page = signed_in.get("/rubrics/small/1/").content.decode()
    assert "<strong>twice</strong>" in page
    assert "<script>x" not in page
    assert all(f"a, level {value}" in page for value in range(1, 7))


def test_the_list_links_every_version(signed_in: Client) -> None:
    make_rubric()
    make_rubric(title="Other")
    page = signed_in.get("/rubrics/").content.decode()
    assert all(f'href="/rubrics/small/{version}/"' in page for version in (1, 2))


def test_a_version_that_is_not_there_is_not_found(signed_in: Client) -> None:
    make_rubric()
    assert signed_in.get("/rubrics/small/2/").status_code == 404


def test_only_members_of_projects_that_use_a_rubric_see_it_by_page_and_api(client: Client) -> None:
    make_member(make_project(), "ana")
    make_rubric(slug="other", title="Secret")
    client.force_login(make_user("ana"))
    addresses = [f"{door}rubrics/{slug}/1/" for door in ("/", "/api/v1/") for slug in ("small", "other")]
    assert [client.get(address).status_code for address in addresses] == [200, 404, 200, 404]
    assert "Secret" not in client.get("/rubrics/").content.decode()
    assert [rubric["slug"] for rubric in client.get("/api/v1/rubrics/").json()] == ["small"]
    client.force_login(make_user("otto"))
    assert "You are not in any project yet" in client.get("/rubrics/").content.decode()
    assert client.get("/api/v1/rubrics/").json() == []


def test_two_versions_stand_side_by_side_by_page_and_api(client: Client) -> None:
    client.force_login(make_member(make_project(), "lea", "manager"))
    make_rubric(title="Other words")
    make_rubric(title="Other words", overall={"method": "sum"})
    page = client.get("/rubrics/small/2/compare/").content.decode()
    assert "Scores are comparable: wording alone differs" in page
    assert "Other words" in page
    assert "Scores are not comparable" in client.get("/rubrics/small/3/compare/?with=1").content.decode()
    change = {"criterion": "", "level": None, "field": "title", "words": "title", "before": "Small", "after": "Other words"}
    assert client.get("/api/v1/rubrics/small/2/compare/").json() == {
        "from": "small@1",
        "to": "small@2",
        "comparable": True,
        "changes": [change | {"is_wording": True}],
    }
    assert [client.get(f"/rubrics/small/1/compare/{query}").status_code for query in ("", "?with=9", "?with=x")] == [404] * 3


def test_a_version_is_compared_only_with_one_that_the_person_sees(client: Client) -> None:
    make_member(make_project(), "ana")
    make_rubric(title="Secret")
    client.force_login(make_user("ana"))
    assert client.get("/rubrics/small/2/compare/").status_code == 404
    assert client.get("/rubrics/small/1/compare/?with=2").status_code == 404


def test_a_version_names_the_projects_of_the_reader_that_use_it(client: Client) -> None:
    make_member(make_project(title="Mine"), "ana")
    make_project(slug="other", title="Secret study", rubrics=["small@1"])
    client.force_login(make_user("ana"))
    page = client.get("/rubrics/small/1/").content.decode()
    assert ("Mine" in page, "Secret study" in page) == (True, False)


@pytest.mark.parametrize("number", [1, 3])
def test_a_versions_page_asks_as_much_with_one_other_version_and_project_as_with_three(
    signed_in: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        make_project(slug=f"study-{place}", rubrics=[make_rubric(slug="own").name])
    for place in range(number):
        make_rubric(slug="own", title=f"Version {place}")
    signed_in.get("/rubrics/own/1/")
    with django_assert_num_queries(PAGE_QUERIES):
        page = signed_in.get("/rubrics/own/1/").content.decode()
    assert page.count("Compare with") == number
    assert page.count("/projects/study-") == number
