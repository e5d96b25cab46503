"""The keys of the annotator's page: one each, chosen by the person, the same on every machine."""

import re
from typing import Any

import pytest
from django.test import Client

from annotation import keyboard
from annotation.models import Preferences
from tests.factories import make_user
from tests.markup import compact

pytestmark = pytest.mark.django_db


def stored() -> list[tuple[str, Any]]:
    return list(Preferences.objects.values_list("user__username", "keys"))


def test_default_keys_are_unique_and_no_digits() -> None:
    defaults = [command.key for command in keyboard.COMMANDS.values()]
    assert len(set(defaults)) == len(defaults) == sum(len(group.commands) for group in keyboard.GROUPS)
    assert [key for key in defaults if len(key) != 1 or key.isnumeric() or key == keyboard.HELP_KEY or key != key.lower()] == []


def test_a_person_who_has_changed_nothing_has_the_default_keys() -> None:
    assert keyboard.keys_by_command(Preferences.objects.keys_of(make_user("ana"))) == {
        command.name: command.key for command in keyboard.COMMANDS.values()
    }


def own_of_deciding() -> dict[str, str]:
    return {command.name: command.key for group in keyboard.DECIDING for command in group.commands}


def test_the_adjudicators_page_has_the_causes_on_their_letters_and_each_key_once() -> None:
    keys = keyboard.deciding_keys({})
    assert keys == own_of_deciding()
    assert [keys[f"cause_{number}"] for number in range(1, 5)] == ["g", "j", "k", "l"]
    assert len(set(keys.values())) == len(keys)


def test_a_letter_that_the_person_gave_to_another_command_is_no_causes_key() -> None:
    keys = keyboard.deciding_keys({"submit": "j", "penalty_2": "s"})
    assert (keys["submit"], keys["cause_2"]) == ("j", "b")
    assert len(set(keys.values())) == len(keys)
    assert keyboard.deciding_keys({"off": True}) == {}


NOT_A_KEY = "expected one character: no digit, no space and no ?"


def test_the_list_of_keys_has_the_projects_own_names_and_no_unused_commands() -> None:
    without = set(keyboard.COMMANDS) - {"submit", "penalty_1", "penalty_2"}
    assert keyboard.grouped_commands(keyboard.keys_by_command({"penalty_1": "ä"}), {"penalty_1": "Harm"}, without) == [
        ("Scoring", [keyboard.Command("penalty_1", "ä", "Harm"), keyboard.Command("penalty_2", "j", "second penalty")]),
        ("Actions", [keyboard.Command("submit", "s", "submit")]),
    ]


def inputs(page: Any) -> dict[str, str]:
    return dict(re.findall(r'<input id="key-(\w+)" name="\w+" value="(.)"', compact(page.content.decode())))


def test_the_page_shows_each_command_and_stores_what_is_chosen(client: Client) -> None:
    client.force_login(make_user("ana"))
    defaults = {command.name: command.key for command in keyboard.COMMANDS.values()}
    assert inputs(client.get("/keys/")) == defaults
    answer = client.post("/keys/", defaults | {"submit": "j", "penalty_2": "s"})
    assert (answer.status_code, answer["Location"]) == (302, "/keys/")
    assert stored() == [("ana", {"submit": "j", "penalty_2": "s"})]
    assert inputs(client.get("/keys/")) == defaults | {"submit": "j", "penalty_2": "s"}
    client.post("/keys/", defaults | {"submit": "j", "penalty_2": "s", "off": "on"})
    page = client.get("/keys/")
    assert inputs(page) == defaults | {"submit": "j", "penalty_2": "s"}
    assert 'name="off" checked' in compact(page.content.decode())
    client.post("/keys/", defaults | {"submit": "j", "defaults": "1", "off": "on"})
    assert stored() == [("ana", {})]


def test_a_fault_is_shown_at_its_command_and_nothing_typed_is_lost(client: Client) -> None:
    client.force_login(make_user("ana"))
    defaults = {command.name: command.key for command in keyboard.COMMANDS.values()}
    answer = client.post("/keys/", defaults | {"submit": "7"})
    page = compact(answer.content.decode())
    assert (answer.status_code, inputs(answer)) == (400, defaults | {"submit": "7"})
    assert re.findall(r'<span class="fault" id="fault-(\w+)">(.*?)</span>', page) == [("submit", NOT_A_KEY)]
    assert stored() == []
