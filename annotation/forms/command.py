"""A command as a page shows it beside what it does: to be copied into a shell."""

import shlex
from collections.abc import Mapping
from typing import Any

CONTINUED = " \\\n    "  # a line of its own for each option: a phone shows all of it


def command_line(name: str, slug: str, options: Mapping[str, Any]) -> str:
    """By option, without its dashes: None and False leave it away, True is a switch, a list repeats it."""
    lines = [f"manage.py {name} --project {shlex.quote(slug)}"]
    for option, value in options.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            if one is not None and one is not False:
                lines.append(f"--{option}" if one is True else f"--{option} {shlex.quote(str(one))}")
    return CONTINUED.join(lines)
