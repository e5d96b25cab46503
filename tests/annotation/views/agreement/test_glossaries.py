"""A table's glossary explains the columns that it shows, in their order, and no others."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from annotation.models import Project, Response, User
from tests.annotation.views.agreement.report_page import PAGE, get
from tests.factories import judged
from tests.markup import compact, words

pytestmark = pytest.mark.django_db
PEOPLE = f"{PAGE}annotators/"


def columns(table: str) -> list[str]:
    """The heads that are seen, without what stands small below one."""
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', compact(table.partition("</thead>")[0]))
    return [words(re.sub(r"<small>.*?</small>", "", head)) for head in heads if "visually-hidden" not in head]


def terms(glossary: str) -> list[str]:
    found = re.findall(r"<dt>(.*?)</dt>", glossary.partition("</dl>")[0], flags=re.DOTALL)
    return [term for one in found for term in (words(one).split(", ") if "Halo" not in one else [words(one)])]


def parts(page: str, table: str) -> tuple[str, str]:
    """From the table of this class on, and from the next glossary on."""
    after = page.partition(f'<table class="{table}">')[2]
    return after, after.partition('class="meanings"')[2]


def test_of_the_agreement_report(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6], [3, 3, 2]])
    table, glossary = parts(get(client), "agreement")
    assert columns(table) == ["Criterion", *terms(glossary)]
    assert len(terms(glossary)) == 10


def test_of_the_annotators(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6], [3, 3, 2]])
    table, glossary = parts(get(client, PEOPLE), "people")
    assert columns(table) == ["Annotator", *terms(glossary)]
    assert terms(glossary) == ["Judged", "Severity", "Agreement", "Use of the scale", "Halo", "Seconds", "Beyond chance"]


def test_of_an_annotator_with_bias_where_there_are_systems(client: Client, project: Project, lea: User) -> None:
    tasks = judged(project, [[1, 2, 1], [5, 5, 6], [3, 3, 2], [4, 4, 5]])
    opened = f"{PEOPLE}?open=small@1/ana"
    table, glossary = parts(get(client, opened).partition('class="person"')[2], "people")
    assert columns(table) == terms(glossary)
    Response.objects.filter(tasks__in=tasks[2:]).update(system="system-b")
    cache.clear()
    person = get(client, opened).partition('class="person"')[2]
    table, glossary = parts(person, "people")
    assert [*columns(table), "Bias"] == terms(glossary)
    assert '<table class="people biases">' in person
