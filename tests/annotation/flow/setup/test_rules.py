import math
from typing import Any

import pytest

from annotation.errors import ValidationError
from annotation.flow.setup.rules import READERS, change_rules, changed_rules
from annotation.models import Event, Project, Rules
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db
DEFAULTS = {
    "pair_gap": 2,
    "group_range": 3,
    "penalties": True,
    "applicability": True,
    "holistic": True,
    "cut_off": None,
    "deciders": "adjudicators",
    "further_annotator": False,
    "undisputed_share": 0.05,
    "second_share": 0.0,
    "labels_from": "newest",
}
OTHER = {
    "pair_gap": 1,
    "group_range": 2,
    "penalties": False,
    "applicability": False,
    "holistic": False,
    "cut_off": 4,
    "deciders": "managers",
    "further_annotator": True,
    "undisputed_share": 0.1,
    "second_share": 0.2,
    "labels_from": "first",
}


@pytest.fixture
def project() -> Project:
    return make_project()


def stored(project: Project) -> dict[str, Any]:
    return Rules.objects.get(project=project).as_values()


def recorded() -> list[Any]:
    return list(Event.objects.filter(verb="rules_changed").values_list("by__username", "data"))


def test_a_project_begins_with_the_rules_of_the_measurement(project: Project) -> None:
    assert (stored(project), list(DEFAULTS)) == (DEFAULTS, list(READERS))


def test_every_rule_can_be_changed_and_is_recorded_with_what_it_was(project: Project) -> None:
    lea = make_member(project, "lea", "manager")
    assert change_rules(project=project, by=lea, changes=OTHER).as_values() == OTHER
    assert stored(project) == OTHER
    assert project.rules.as_values() == OTHER
    assert recorded() == [("lea", {key: [value, OTHER[key]] for key, value in DEFAULTS.items()})]


def test_a_change_sets_its_rules_alone_and_what_stays_is_not_recorded(project: Project) -> None:
    change_rules(project=project, by=None, changes={"pair_gap": "3", "group_range": 3, "cut_off": ""})
    assert stored(project) == DEFAULTS | {"pair_gap": 3}
    change_rules(project=project, by=None, changes={"pair_gap": 3})
    assert recorded() == [(None, {"pair_gap": [2, 3]})]


GAP = "Enter a whole number from 1 to 99."
LEVEL = "Enter a level from 1 to 99, or leave it empty."
SHARE = "Enter a share from 0 to 100 %."
FAULTS: list[tuple[str, Any, str]] = [
    *[("pair_gap", value, GAP) for value in (0, "0", -1, "-1", 100, "", None, 2.5, True, "²", "9" * 5000)],
    *[("group_range", value, GAP) for value in ("three", [3])],
    *[("cut_off", value, LEVEL) for value in (0, "x", 100, False)],
    *[("penalties", value, "Expected true or false.") for value in (1, "on", None)],
    *[("undisputed_share", value, SHARE) for value in (-0.01, 1.01, "5", True, None, math.nan, math.inf)],
    ("second_share", 2, SHARE),
    ("deciders", "everybody", "Choose one of: adjudicators, managers."),
    ("deciders", ["managers"], "Choose one of: adjudicators, managers."),
    ("labels_from", None, "Choose one of: newest, first."),
    ("speed", 1, f"Unknown; expected {', '.join(DEFAULTS)}."),
]


@pytest.mark.parametrize(("key", "value", "fault"), FAULTS)
def test_a_fault_is_a_sentence_at_its_rule_and_nothing_is_changed(project: Project, key: str, value: Any, fault: str) -> None:
    with pytest.raises(ValidationError) as caught:
        change_rules(project=project, by=None, changes={"further_annotator": True, key: value})
    assert (caught.value.fields, stored(project), recorded()) == ({key: fault}, DEFAULTS, [])


def test_every_fault_is_named_at_once(project: Project) -> None:
    with pytest.raises(ValidationError) as caught:
        change_rules(project=project, by=None, changes={"pair_gap": 0, "cut_off": "x", "holistic": True})
    assert caught.value.fields == {"cut_off": LEVEL, "pair_gap": GAP}


def test_rules_for_a_preview_are_not_stored(project: Project) -> None:
    assert changed_rules(project, {"group_range": 2}).as_values() == DEFAULTS | {"group_range": 2}
    assert (stored(project), project.rules.as_values()) == (DEFAULTS, DEFAULTS)
