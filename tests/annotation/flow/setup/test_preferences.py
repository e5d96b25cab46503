"""A person's keys are stored as far as they differ from the defaults; what is no key is refused."""

from typing import Any

import pytest

from annotation import keyboard
from annotation.errors import ValidationError
from annotation.flow.setup.preferences import choose_keys, choose_language
from annotation.models import Preferences
from tests.annotation.test_keyboard import NOT_A_KEY, stored
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_only_keys_that_differ_from_the_defaults_are_stored_and_the_language_stays() -> None:
    ana = make_user("ana")
    choose_language(by=ana, language="zh-hant")
    choose_keys(by=ana, chosen={"submit": "P", "error_6": "s", "undo": "u"})
    assert list(Preferences.objects.values_list("user__username", "language", "keys")) == [
        ("ana", "zh-hant", {"submit": "p", "error_6": "s"})
    ]
    assert keyboard.keys_by_command(Preferences.objects.keys_of(ana))["submit"] == "p"
    choose_keys(by=ana, chosen={})
    assert stored() == [("ana", {})]


def test_single_keys_can_be_switched_off() -> None:
    ana = make_user("ana")
    choose_keys(by=ana, chosen={"submit": "ö"}, off=True)
    assert stored() == [("ana", {"submit": "ö", "off": True})]
    assert keyboard.keys_by_command(Preferences.objects.keys_of(ana)) == {}


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
