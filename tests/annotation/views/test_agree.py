import pytest
from django.test import Client

from annotation.agreement import figures
from annotation.views.agree import WORDS
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db


def test_the_page_says_every_reason_and_level_that_a_report_can_hold() -> None:
    reasons = {figures.NO_RATINGS, figures.ONE_ANNOTATOR, figures.NO_OVERLAP, figures.NO_VARIATION}
    assert reasons | {"nominal", "ordinal", "interval"} < set(WORDS)
    assert {key: str(word) for key, word in WORDS.items()} == {key: key for key in WORDS}


def test_the_page_shows_figures_and_reasons_and_links_each_criterion_to_its_responses(client: Client) -> None:
    project = make_project()
    judged(project, [[1, 2, 1], [5, 5, 6]])
    client.force_login(make_member(project, "lea", "manager"))
    page = client.get("/projects/study/agreement/").content.decode()
    assert "nothing has been rated" in page  # nobody found the images applicable
    assert "every rating is the same" in page  # nobody gave the penalty
    for key in ("text", "images", "overall", "harm"):
        assert f"/projects/study/responses/?rubric=small%401&amp;criterion={key}" in page


def test_htmx_gets_the_report_alone(client: Client) -> None:
    project = make_project()
    judged(project, [[1, 2, 1]])
    client.force_login(make_member(project, "lea", "manager"))
    part = client.get("/projects/study/agreement/?by=system", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="report"')
    assert "<html" not in part
