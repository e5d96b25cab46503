"""The way in: how many wait, the case that one holds, one's own decisions; and only for those who may decide."""

import pytest
from django.test import Client

from annotation.flow import adjudicate
from annotation.models import Project, Rules, User
from tests.annotation.flow.adjudicate.cases import settle, started
from tests.annotation.views.scoring_page import SCRIPT, start_of, text
from tests.factories import judged, make_member

pytestmark = pytest.mark.django_db
QUEUE = "/projects/study/adjudication/"


def test_it_counts_what_waits_and_opens_the_next_case_which_is_then_held(page: Client, project: Project, ada: User) -> None:
    judged(project, [[1, 6, 4], [1, 5, 6]])
    assert "2 responses are awaiting adjudication" in text(page.get(QUEUE))
    answer = page.post(QUEUE)
    review = adjudicate.claim(project=project, by=ada)
    assert review
    assert (answer.status_code, answer["Location"]) == (302, f"/adjudications/{review.adjudication_id}/")
    held = page.get(QUEUE)
    assert "You have an open case." in text(held)
    assert f'href="/adjudications/{review.adjudication_id}/"' in held.content.decode()


def test_ones_own_decisions_are_listed_and_nothing_waits(page: Client, project: Project, ada: User) -> None:
    judged(project, [[1, 6, 4]])
    settle(started(project, ada), ada, {"text": 4})
    shown = text(page.get(QUEUE))
    assert "Nothing is awaiting adjudication." in shown
    assert "PBL-0001 Text: slip" in shown


def test_a_script_gets_the_case_in_place_of_the_page(page: Client, project: Project, ada: User) -> None:
    judged(project, [[1, 6, 4]])
    answer = page.post(QUEUE, headers=SCRIPT)
    review = adjudicate.claim(project=project, by=ada)
    assert review
    assert (start_of(answer), answer["HX-Push-Url"]) == ("title", f"/adjudications/{review.adjudication_id}/")
    settle(review.adjudication, ada, {"text": 4})
    nothing = page.post(QUEUE, headers=SCRIPT)
    assert (start_of(nothing), nothing["HX-Push-Url"]) == ("title", QUEUE)
    assert "Nothing is awaiting adjudication." in text(nothing)


def test_managers_decide_only_where_the_rules_say_so_and_annotators_never(client: Client, project: Project) -> None:
    [task] = judged(project, [[1, 6, 4]])
    for name, role in (("lea", "manager"), ("gil", "annotator")):
        client.force_login(make_member(project, name, role))
        assert [client.get(QUEUE).status_code, client.post(QUEUE).status_code] == [404, 404], name
    Rules.objects.filter(project=project).update(deciders="managers")
    lea = make_member(project, "lea", "manager")
    client.force_login(lea)
    assert client.get(QUEUE).status_code == 200
    assert client.post(QUEUE).status_code == 302
    review = lea.reviews.get()
    assert (review.adjudication.task, review.revealed_at is not None) == (task, True)
