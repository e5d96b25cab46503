"""What an address asks an export for, and the command that writes the same."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TypedDict

from django.http import QueryDict

from annotation.flow.export import NAMES, Selection
from annotation.forms.command import command_line
from annotation.forms.upload import as_boolean


class Switches(TypedDict):
    """Usernames instead of pseudonyms, times instead of days."""

    names: bool
    times: bool


def export_selection(query: QueryDict) -> Selection:
    return Selection(**{name: tuple(query.getlist(name)) for name in NAMES})


def export_switches(query: Mapping[str, str]) -> Switches:
    """Raises Refused for what is neither yes nor no."""
    return Switches(names=as_boolean(query.get("names", ""), "names"), times=as_boolean(query.get("times", ""), "times"))


def export_command(slug: str, selection: Selection, switches: Switches) -> str:
    """What writes the same export into a file."""
    return command_line("export", slug, {"out": f"{slug}-export.zip", **asdict(selection), **switches})
