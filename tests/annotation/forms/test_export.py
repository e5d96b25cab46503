import shlex

import pytest
from django.http import QueryDict

from annotation.errors import Refused
from annotation.flow.export import Selection
from annotation.forms.export import export_command, export_selection, export_switches


def test_an_address_selects_by_repeated_names() -> None:
    query = QueryDict("system=a&system=b&field=&person=ana&other=x")
    assert export_selection(query) == Selection(system=("a", "b"), field=("",), person=("ana",))
    assert export_selection(QueryDict("")) == Selection()


def test_switches_are_yes_or_no() -> None:
    assert export_switches({"names": "1"}) == {"names": True, "times": False}
    with pytest.raises(Refused, match=r"^times: expected true or false$"):
        export_switches({"times": "perhaps"})


def test_the_command_selects_the_same() -> None:
    selection = Selection(system=("a b",), state=("agreed", "disputed"))
    command = export_command("study", selection, {"names": True, "times": False})
    assert shlex.split(command.replace("\\\n", "")) == [
        "manage.py", "export", "--project", "study", "--out", "study-export.zip", "--system", "a b", "--state", "agreed",
        "--state", "disputed", "--names",
    ]  # fmt: skip
