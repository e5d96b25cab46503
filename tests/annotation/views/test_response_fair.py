"""The page of one response: its fair label beside the label, and why there is none."""

import pytest
from django.test import Client
from django.utils import timezone

from annotation.flow.labels import fair_of_task
from annotation.models import Query, Task
from tests.factories import judged, make_member, make_project
from tests.markup import compact, words

pytestmark = pytest.mark.django_db


def detail(client: Client, number: int) -> str:
    return compact(client.get(f"/responses/{Task.objects.order_by('pk')[number].pk}/").text)


FAIR_ROWS = [[4, 5, 5], [1, 2, 1], [3, 3, 4], [2, 2, 4], [6, 5, 6], [3, 2, 3], [1, 4, 6], [4, 4, 5]]


def test_a_response_shows_its_fair_label_with_the_standard_error_beside_the_label(client: Client) -> None:
    project = make_project()
    tasks = judged(project, FAIR_ROWS)
    client.force_login(make_member(project, "lea", "manager"))
    fair = fair_of_task(project, tasks[0].pk)
    text, overall = fair["text"], fair["overall"]
    assert text.value is not None
    assert overall.value is not None
    shown_page = words(detail(client, 0))
    assert f"Text 4 5 5 4.67 {text.value:.2f} ± {text.se:.2f} Images – – – – – Harm no no no no –" in shown_page
    assert f"Fair label of the overall: {overall.value:.2f} ± {overall.se:.2f}" in shown_page
    assert "A fair label is what the average annotator would give" in shown_page


def test_where_there_is_no_fair_label_the_page_says_why(client: Client) -> None:
    project = make_project()
    judged(project, [[4, 4, 4], [4, 4, 4]])
    client.force_login(make_member(project, "lea", "manager"))
    assert "There is no fair label of the overall: every rating is the same." in words(detail(client, 0))


def test_a_response_of_a_dropped_query_says_nothing_of_fair_labels(client: Client) -> None:
    project = make_project()
    [task, *_others] = judged(project, FAIR_ROWS)
    lea = make_member(project, "lea", "manager")
    client.force_login(lea)
    Query.objects.filter(pk=task.response.query_id).update(dropped_at=timezone.now(), dropped_by=lea)
    found = words(detail(client, 0))
    assert "Text 4 5 5" in found
    assert "Fair label" not in found
