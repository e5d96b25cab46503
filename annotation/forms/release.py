"""The options of a release as a form or a script sends them, and the command that makes the same release."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotation.errors import Refused, ValidationError
from annotation.flow.release.options import Options, checked_size
from annotation.forms.command import command_line
from annotation.forms.disputes import WITHOUT
from annotation.forms.upload import as_boolean
from annotation.models import TemplateName

KEEP, ANEW, LATER = "keep", "new", "later"
DIVISIONS = {
    KEEP: gettext_lazy("Keep the splits of earlier releases, and put new queries into train"),
    ANEW: gettext_lazy("Divide all queries anew"),
    LATER: gettext_lazy("Draw check and test only from queries that were in no earlier release"),
}
SEED = re.compile(r"-?[0-9]{1,19}")
SIZES = ("check_size", "test_size")
SWITCHES = ("new_split", "check_from_later", "originals")
FIELDS = (*SIZES, "seed", "hold_out", *SWITCHES, "template")


def posted_options(post: QueryDict) -> dict[str, Any]:
    """The form's fields, as release_options takes them. A new form has the defaults."""
    division = post.get("division", KEEP)
    values: dict[str, Any] = {name: post.get(name, "").strip() or None for name in SIZES}
    return values | {
        "seed": post.get("seed", "").strip() or 0,
        "hold_out": post.getlist("hold_out"),
        "new_split": division == ANEW,
        "check_from_later": division == LATER,
        "originals": "originals" in post,
        "template": post.get("template") or None,
    }


def release_options(values: Mapping[str, Any]) -> Options:
    """Raises ValidationError, which names the fault of each field."""
    faults = {name: _("unknown; expected %(known)s") % {"known": ", ".join(FIELDS)} for name in set(values) - set(FIELDS)}
    checked: dict[str, Any] = {}
    for name in FIELDS:
        if name in values and values[name] is not None:
            try:
                checked[name] = READERS[name](name, values[name])
            except Refused as error:
                faults[name] = str(error)
    if faults:
        raise ValidationError(dict(sorted(faults.items())))
    return Options(**checked)


def read_size(_name: str, value: Any) -> int | str:
    size = value if isinstance(value, int) and not isinstance(value, bool) else str(value)
    checked_size(size)  # refuses what is no size
    return size


def read_seed(_name: str, value: Any) -> int:
    text = str(value).strip()
    if SEED.fullmatch(text) and -(2**63) <= int(text) < 2**63:
        return int(text)
    raise Refused(_("expected a whole number of at most 64 bits"))


def read_names(_name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or any(not isinstance(name, str) for name in value):
        raise Refused(_("expected a list of names"))
    return tuple(sorted(set(value)))


def read_template(_name: str, value: Any) -> str:
    if value not in TemplateName.values:
        raise Refused(_("expected one of %(known)s") % {"known": ", ".join(TemplateName.values)})
    return str(value)


def read_switch(name: str, value: Any) -> bool:
    return as_boolean(value, name)


READERS = {
    **dict.fromkeys(SIZES, read_size),
    "seed": read_seed,
    "hold_out": read_names,
    **dict.fromkeys(SWITCHES, read_switch),
    "template": read_template,
}


def release_command(slug: str, options: Options, version: int) -> str:
    """What makes the same release into a folder, as a shell reads it."""
    values: dict[str, Any] = {"out": f"{slug}-{version}", "check-size": options.check_size, "test-size": options.test_size}
    values |= {"seed": options.seed or None, "hold-out-system": options.hold_out, "new-split": options.new_split}
    values |= {"check-from-later": options.check_from_later, "originals": options.originals, "template": options.template}
    return command_line("release", slug, values)


def chosen_values(query: Mapping[str, str], offered: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Of each column the value that the address names, in the column's own type; what is not offered restricts nothing."""
    texts = {name: {str(value) or WITHOUT: value for value in values} for name, values in offered.items()}
    return {name: values[query[name]] for name, values in texts.items() if query.get(name) in values}
