import shlex
from typing import Any

import pytest
from django.http import QueryDict

from annotation.errors import ValidationError
from annotation.flow.release import Options
from annotation.forms.release import chosen_values, posted_options, release_command, release_options


def test_an_empty_form_asks_for_the_defaults() -> None:
    assert release_options(posted_options(QueryDict(""))) == Options()


def test_a_form_is_read_whole() -> None:
    posted = QueryDict("check_size= 20% &test_size=5&seed=-7&division=later&hold_out=b&hold_out=a&originals=on&template=criteria")
    assert release_options(posted_options(posted)) == Options(
        "20%", "5", -7, ("a", "b"), check_from_later=True, originals=True, template="criteria"
    )
    assert release_options(posted_options(QueryDict("division=new"))) == Options(new_split=True)


def test_a_script_sends_numbers_and_booleans() -> None:
    values = {"check_size": 0.2, "test_size": 5, "seed": 3, "hold_out": ["a"], "new_split": True, "check_from_later": False}
    assert release_options(values) == Options(check_size="0.2", test_size=5, seed=3, hold_out=("a",), new_split=True)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"check_size": "much", "test_size": True, "seed": 1.5}, ["check_size", "seed", "test_size"]),
        ({"seed": 2**63}, ["seed"]),
        ({"seed": "9" * 5000}, ["seed"]),
        ({"hold_out": "a"}, ["hold_out"]),
        ({"hold_out": [1]}, ["hold_out"]),
        ({"new_split": "perhaps", "colour": "red"}, ["colour", "new_split"]),
        ({"check_size": [1]}, ["check_size"]),
        ({"template": "poem", "originals": 7}, ["originals", "template"]),
    ],
)
def test_each_fault_is_named_by_its_field(values: Any, fields: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        release_options(values)
    assert list(refused.value.fields) == fields


def test_the_command_says_every_option_as_a_shell_reads_it() -> None:
    assert release_command("study", Options(), 1) == "manage.py release --project study \\\n    --out study-1"
    options = Options("20%", 0, 4, ("gpt 4", "b;rm"), new_split=True, check_from_later=True, originals=True, template="mmie")
    assert shlex.split(release_command("study", options, 3).replace("\\\n", "")) == [
        "manage.py", "release", "--project", "study", "--out", "study-3", "--check-size", "20%", "--test-size", "0",
        "--seed", "4", "--hold-out-system", "gpt 4", "--hold-out-system", "b;rm", "--new-split", "--check-from-later",
        "--originals", "--template", "mmie",
    ]  # fmt: skip


def test_the_values_of_an_address_are_those_that_are_offered() -> None:
    offered = {"score": [1, 4], "field": ["", "art"], "split": ["train"]}
    assert chosen_values({"score": "4", "field": "-", "split": "check", "other": "x"}, offered) == {"score": 4, "field": ""}
