import pytest
from django.test import Client

from tests.factories import criterion, make_rubric

pytestmark = pytest.mark.django_db


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
