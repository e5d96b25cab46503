"""The page of samples: what is posted is drawn, or only shown."""

import pytest
from django.test import Client

from annotation.flow.sample import Plan, draw_sample
from annotation.models import Assignment, Project, Sample
from tests.annotation.flow.sample.pools import make_pool
from tests.factories import make_member, make_project
from tests.markup import compact

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/samples/"
PLAN = {"size": "4", "by": ["system"], "allocation": "equal", "unit": "response", "seed": "3"}


@pytest.fixture
def pool(client: Client) -> Project:
    project = make_pool()
    client.force_login(make_member(project, "lea", "manager"))
    return project


def test_a_sample_is_drawn_and_shown(client: Client, pool: Project) -> None:
    answer = client.post(PAGE, PLAN, follow=True)
    assert (answer.redirect_chain, "Sample 1 was drawn." in answer.text) == ([("/projects/study/samples/1/", 302)], True)
    fields = ("size", "by", "allocation", "unit", "seed", "systems", "drawn_by__username")
    assert Sample.objects.values_list(*fields).get() == (4, ["system"], "equal", "response", 3, [], "lea")
    assert Assignment.objects.count() == 8
    rows = compact(answer.text)
    assert '<th scope="row">anole</th><td class="number">10</td><td class="number">2</td>' in rows
    assert '<th scope="row">gill</th><td class="number">10</td><td class="number">2</td>' in rows


def test_a_preview_says_what_would_be_drawn_with_the_command_and_stores_nothing(client: Client, pool: Project) -> None:
    answer = client.post(PAGE, PLAN | {"preview": "1"})
    assert (answer.status_code, Sample.objects.count()) == (200, 0)
    assert "4 responses of 20 would be drawn. Nothing is stored yet." in compact(answer.text)
    assert (
        "manage.py draw_sample --project study \\\n    --size 4 \\\n    --by system \\\n    --allocation equal \\\n    --seed 3"
        in (answer.text)
    )
    assert 'value="equal" checked' in answer.text


def test_a_refusal_names_the_field_and_keeps_what_was_typed(client: Client, pool: Project) -> None:
    answer = client.post(PAGE, PLAN | {"size": "four", "seed": "9", "systems": ["gill"]})
    assert (answer.status_code, Sample.objects.count()) == (400, 0)
    assert "<li>How many: expected a whole number from 1 to 10,000,000, not `four`</li>" in answer.text
    assert 'value="four"' in answer.text
    assert 'name="seed" inputmode="numeric" value="9"' in answer.text
    assert 'name="systems" value="gill" checked' in answer.text


def test_queries_by_system_are_refused_in_words(client: Client, pool: Project) -> None:
    answer = client.post(PAGE, PLAN | {"unit": "query"})
    assert (answer.status_code, Sample.objects.count()) == (400, 0)
    assert "whole queries cannot be drawn by system" in answer.text


def test_without_a_pool_the_page_leads_to_the_import(client: Client) -> None:
    client.force_login(make_member(make_project(), "lea", "manager"))
    page = client.get(PAGE).text
    assert ("There are no responses to draw from." in page, 'href="/projects/study/material/"' in page) == (True, True)
    assert 'name="size"' not in page


def test_a_sample_of_another_project_is_not_found(client: Client, pool: Project) -> None:
    draw_sample(project=pool, plan=Plan(size=1))
    client.force_login(make_member(make_project(slug="other", rubrics=["small@1"]), "lea", "manager"))
    assert client.get("/projects/study/samples/1/").status_code == 200
    assert client.get("/projects/other/samples/1/").status_code == 404


def test_the_responses_of_a_sample_come_as_a_table(client: Client, pool: Project) -> None:
    draw_sample(project=pool, plan=Plan(size=20))
    answer = client.get("/projects/study/samples/1/?file=csv")
    lines = answer.text.splitlines()
    assert (answer["Content-Type"], answer["Content-Disposition"], lines[:2], len(lines)) == (
        "text/csv; charset=utf-8",
        'attachment; filename="study-sample-1.csv"',
        ["id,system,sample,category,field,subfield,chance", "PBL-0001,anole,0,project-based-learning,physics,,1.0"],
        21,
    )
