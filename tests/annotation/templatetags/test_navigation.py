"""A link says whether its reader is on its page, on a page below it, or elsewhere; so does the navigation of a project."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve

from annotation.models import Membership, Project
from annotation.templatetags.navigation import Entry, project_pages

LINK = Template('{% load navigation %}<a {% link_to "agreement" "study" child="annotators" %}>Agreement</a>')


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/projects/study/agreement/", ' aria-current="page"'),
        ("/projects/study/agreement/annotators/", ' aria-current="true"'),
        ("/projects/other/agreement/", ""),
        ("/projects/study/", ""),
    ],
)
def test_a_link_says_whether_it_leads_to_the_page_that_is_open(path: str, current: str) -> None:
    html = LINK.render(Context({"request": RequestFactory().get(path)}))
    assert html == f'<a href="/projects/study/agreement/"{current}>Agreement</a>'


def places(path: str, role: str = "manager", slug: str = "study") -> list[Entry]:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    membership = Membership(project=Project(slug=slug, title="A study"), role=role)
    membership.roles = (role,)  # without a database
    return project_pages(Context({"request": request}), membership)


def current(entries: list[Entry]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What is marked: the entries, each with its pages that are."""
    return [
        (entry.title, entry.current, [(page.title, page.current) for page in entry.pages if page.current])
        for entry in entries
        if entry.current
    ]


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/projects/study/", ("Project", "page", [("Overview", "page")])),
        ("/projects/study/material/", ("Data", "page", [("Import", "page")])),
        ("/projects/study/duplicates/", ("Data", "true", [("Duplicates", "page")])),
        ("/projects/study/agreement/annotators/", ("Agreement", "true", [("Agreement", "true")])),
        ("/projects/study/releases/2/labels/", ("Releases", "true", [("Releases", "true")])),
        ("/projects/study/adjudication/lessons/disputes/", ("Disputes", "true", [("Lessons", "true")])),
        ("/responses/7/", ("Data", "true", [("Responses", "true")])),
        ("/jobs/7/", ("Data", "true", [("Import", "true")])),
    ],
)
def test_the_page_that_is_open_is_marked_and_so_is_its_group(path: str, marked: Any) -> None:
    assert current(places(path)) == [marked]


def test_an_address_that_belongs_to_no_page_marks_none() -> None:
    assert current(places("/keys/")) == []


def test_an_annotators_entries_are_their_own() -> None:
    assert [(entry.title, entry.address, entry.current) for entry in places("/projects/study/mine/", "annotator")] == [
        ("Project", "/projects/study/", ""),
        ("Score", "/projects/study/annotate/", ""),
        ("My work", "/projects/study/mine/", "page"),
    ]
