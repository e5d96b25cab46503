"""The keys of the annotator's page: one each, chosen by the person, the same on every machine."""

import re
from typing import Any

import pytest
from django.test import Client

from annotation import keyboard
from annotation.errors import ValidationError
from annotation.flow.setup.preferences import choose_keys, choose_language
from annotation.models import Preferences
from tests.factories import make_user
from tests.markup import compact

pytestmark = pytest.mark.django_db


def stored() -> list[tuple[str, Any]]:
    return list(Preferences.objects.values_list("user__username", "keys"))


def test_no_default_collides_and_none_is_a_digit() -> None:
    defaults = [command.key for command in keyboard.COMMANDS.values()]
    assert len(set(defaults)) == len(defaults) == sum(len(group.commands) for group in keyboard.GROUPS)
    assert [key for key in defaults if len(key) != 1 or key.isnumeric() or key == keyboard.LIST or key != key.lower()] == []


def test_a_person_without_a_choice_has_the_defaults() -> None:
    assert keyboard.chosen(Preferences.objects.keys_of(make_user("ana"))) == {
        command.name: command.key for command in keyboard.COMMANDS.values()
    }


def test_only_what_differs_is_kept_and_the_language_stays() -> None:
    ana = make_user("ana")
    choose_language(by=ana, language="zh-hant")
    choose_keys(by=ana, chosen={"submit": "P", "error_6": "s", "undo": "u"})
    assert list(Preferences.objects.values_list("user__username", "language", "keys")) == [
        ("ana", "zh-hant", {"submit": "p", "error_6": "s"})
    ]
    assert keyboard.chosen(Preferences.objects.keys_of(ana))["submit"] == "p"
    choose_keys(by=ana, chosen={})
    assert stored() == [("ana", {})]


def test_single_keys_can_be_switched_off() -> None:
    ana = make_user("ana")
    choose_keys(by=ana, chosen={"submit": "ö"}, off=True)
    assert stored() == [("ana", {"submit": "ö", "off": True})]
    assert keyboard.chosen(Preferences.objects.keys_of(ana)) == {}


NOT_A_KEY = "expected one character: no digit, no space and no ?"


@pytest.mark.parametrize("key", ["", "ab", "7", "²", "٣", " ", "\t", "?", "\0", None, 5, ["s"]])
def test_what_is_no_key_is_refused_by_its_command_and_nothing_changes(key: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        choose_keys(by=make_user("ana"), chosen={"skip": key})
    assert caught.value.fields == {"skip": NOT_A_KEY}
    assert stored() == []


def test_a_key_has_one_command_and_a_command_is_known() -> None:
    with pytest.raises(ValidationError) as caught:
        choose_keys(by=make_user("ana"), chosen={"skip": "s", "dance": "ü"})
    assert caught.value.fields == {
        "skip": '"s" is also the key of: submit',
        "submit": '"s" is also the key of: skip',
        "dance": "unknown command",
    }


def test_the_list_names_what_the_project_has_and_leaves_out_what_it_has_not() -> None:
    without = set(keyboard.COMMANDS) - {"submit", "penalty_1", "penalty_2"}
    assert keyboard.listed({"penalty_1": "ä"}, {"penalty_1": "Harm"}, without) == [
        ("Scoring", [keyboard.Command("penalty_1", "ä", "Harm"), keyboard.Command("penalty_2", "j", "second penalty")]),
        ("Actions", [keyboard.Command("submit", "s", "submit")]),
    ]


def inputs(page: Any) -> dict[str, str]:
    return dict(re.findall(r'<input id="key-(\w+)" name="\w+" value="(.)"', compact(page.content.decode())))


def test_the_page_shows_each_command_and_keeps_what_is_chosen(client: Client) -> None:
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


def test_a_fault_stands_at_its_command_and_what_was_typed_is_kept(client: Client) -> None:
    client.force_login(make_user("ana"))
    defaults = {command.name: command.key for command in keyboard.COMMANDS.values()}
    answer = client.post("/keys/", defaults | {"submit": "7"})
    page = compact(answer.content.decode())
    assert (answer.status_code, inputs(answer)) == (400, defaults | {"submit": "7"})
    assert re.findall(r'<span class="fault" id="fault-(\w+)">(.*?)</span>', page) == [("submit", NOT_A_KEY)]
    assert stored() == []
