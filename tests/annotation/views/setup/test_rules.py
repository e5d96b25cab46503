"""The rules page: what is posted is saved with an event, or only counted; a fault is a sentence at its field."""

import re
from typing import Any

import pytest
from django.test import Client

from annotation.models import Event, Project, Rules
from tests.factories import body, judged, make_member, make_project
from tests.markup import compact

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/rules/"
FORM = {
    "pair_gap": "2",
    "group_range": "3",
    "penalties": "on",
    "applicability": "on",
    "holistic": "on",
    "cut_off": "",
    "deciders": "adjudicators",
    "undisputed_share": "5",
    "second_share": "0",
    "labels_from": "newest",
}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def project(client: Client) -> Project:
    """Ranges of 3, 2 and 0; a penalty that one gave."""
    project = make_project()
    judged(project, [[2, 5, 4], [3, 4, 5], [4, 4, 4], [4, 4, body(text=4, penalties=["harm"])]])
    client.force_login(make_member(project, "lea", "manager"))
    return project


def stored(project: Project) -> dict[str, Any]:
    return Rules.objects.get(project=project).as_values()


def beside(text: str) -> dict[str, str]:
    """What stands beside each rule."""
    found = re.findall(r'<div class="beside" id="beside-(\w+)"[^>]*>(.*?)</div>', compact(text), re.DOTALL)
    words = {name: " ".join(re.sub(r"<[^>]+>", " ", inner).split()) for name, inner in found}
    return {name: said for name, said in words.items() if said}


def outcome(text: str) -> str:
    [found] = re.findall(r'<section id="outcome".*?</div>', compact(text), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_the_page_shows_the_rules_and_how_many_responses_each_puts_in_dispute(client: Client, project: Project) -> None:
    text = client.get(PAGE).text
    assert (beside(text), outcome(text)) == (COUNTS, OUTCOME)
    assert re.findall(r'name="(\w+)"[^>]*? checked', compact(text)) == [
        "holistic",
        "penalties",
        "applicability",
        "deciders",
        "labels_from",
    ]


COUNTS = {
    "rated": "1 response",
    "holistic": "0 responses",
    "penalties": "1 response",
    "applicability": "0 responses",
    "cut_off": "0 responses",
    "mixed_in": "0 responses",
}
OUTCOME = "2 responses are in dispute of 4 with complete ratings: 2 await adjudication, 0 stay decided."
STRICTER = FORM | {"group_range": "2", "preview": "1"}


def test_a_preview_counts_by_the_posted_rules_and_saves_nothing(client: Client, project: Project) -> None:
    before = stored(project), Event.objects.count()
    text = client.post(PAGE, STRICTER).text
    assert beside(text) == COUNTS | {"rated": "2 responses"}
    assert outcome(text) == "3 responses are in dispute of 4 with complete ratings: 3 await adjudication, 0 stay decided."
    assert 'name="group_range" type="number" min="1" max="99" value="2"' in compact(text)
    assert (stored(project), Event.objects.count()) == before


def test_a_script_gets_the_counts_alone_each_for_its_place(client: Client, project: Project) -> None:
    text = client.post(PAGE, STRICTER, headers=HTMX).text
    assert beside(text) == COUNTS | {"rated": "2 responses"}
    assert outcome(text) == "3 responses are in dispute of 4 with complete ratings: 3 await adjudication, 0 stay decided."
    assert ("<form" in text, text.count('hx-swap-oob="true"')) == (False, 11)


def test_saving_changes_the_rules_and_says_how_many_wait(client: Client, project: Project) -> None:
    text = client.post(PAGE, FORM | {"group_range": "2", "undisputed_share": "7,5"}, follow=True).text
    assert "Saved. 3 responses await adjudication." in text
    assert stored(project) == {
        "pair_gap": 2, "group_range": 2, "penalties": True, "applicability": True, "holistic": True, "cut_off": None,
        "deciders": "adjudicators", "further_annotator": False, "undisputed_share": 0.075, "second_share": 0.0,
        "labels_from": "newest",
    }  # fmt: skip
    assert list(Event.objects.filter(verb="rules_changed").values_list("by__username", "data")) == [
        ("lea", {"group_range": [3, 2], "undisputed_share": [0.05, 0.075]})
    ]


def test_a_box_that_is_not_ticked_switches_its_rule_off(client: Client, project: Project) -> None:
    client.post(PAGE, {name: value for name, value in FORM.items() if value != "on"} | {"further_annotator": "on"})
    rules = Rules.objects.get(project=project)
    assert (rules.penalties, rules.applicability, rules.holistic, rules.further_annotator) == (False, False, False, True)


def test_the_form_as_it_stands_changes_nothing(client: Client, project: Project) -> None:
    before = Event.objects.count()
    client.post(PAGE, FORM)
    assert Event.objects.count() == before


FAULTS = {
    "pair_gap": ("0", "rated", "Enter a whole number from 1 to 99."),
    "group_range": ("many", "rated", "Enter a whole number from 1 to 99."),
    "cut_off": ("-1", "cut_off", "Enter a level from 1 to 99, or leave it empty."),
    "undisputed_share": ("120", "mixed_in", "Enter a share from 0 to 100 %."),
    "second_share": ("half", "second_share", "Enter a share from 0 to 100 %."),
    "deciders": ("all", "deciders", "Choose one of: adjudicators, managers."),
}


@pytest.mark.parametrize("field", FAULTS)
def test_a_fault_stands_at_its_field_and_nothing_is_saved(client: Client, project: Project, field: str) -> None:
    value, place, fault = FAULTS[field]
    before = stored(project)
    answer = client.post(PAGE, FORM | {field: value})
    assert (answer.status_code, beside(answer.text), stored(project)) == (400, {place: fault}, before)
    assert "Nothing was saved. Please check the marked rules." in answer.text
    assert field == "deciders" or f'value="{value}" ' in compact(answer.text)
    preview = client.post(PAGE, FORM | {field: value, "preview": "1"}, headers=HTMX)
    assert (preview.status_code, beside(preview.text)) == (200, {place: fault})
