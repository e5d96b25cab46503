"""The plan of a sample as a form or a script sends it, and the command that draws the same."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotation.errors import Refused, ValidationError, quoted
from annotation.fields import is_whole, whole_number
from annotation.flow.sample import STRATA, Plan
from annotation.forms.command import command_line
from annotation.forms.release import read_names, read_seed
from annotation.models import Sample

LARGEST = 10_000_000
FIELDS = ("size", "by", "unit", "allocation", "systems", "seed")


def posted_plan(post: QueryDict) -> dict[str, Any]:
    """The form's fields, as sample_plan takes them."""
    return {
        "size": post.get("size", "").strip(),
        "by": post.getlist("by"),
        "unit": post.get("unit") or Sample.Unit.RESPONSE.value,
        "allocation": post.get("allocation") or Sample.Allocation.PROPORTIONAL.value,
        "systems": post.getlist("systems"),
        "seed": post.get("seed", "").strip() or 0,
    }


def sample_plan(values: Mapping[str, Any]) -> Plan:
    """Raises ValidationError, which names the fault of each field."""
    faults = {name: _("unknown; expected %(known)s") % {"known": ", ".join(FIELDS)} for name in set(values) - set(FIELDS)}
    checked: dict[str, Any] = {}
    for name, read in READERS.items():
        if name in values or name == "size":
            try:
                checked[name] = read(name, values.get(name))
            except Refused as error:
                faults[name] = str(error)
    if faults:
        raise ValidationError(dict(sorted(faults.items())))
    return Plan(**checked)


def read_size(_name: str, value: Any) -> int:
    number = whole_number(value) if isinstance(value, str) else value
    if not is_whole(number) or not 1 <= number <= LARGEST:
        told = {"largest": f"{LARGEST:,}", "value": quoted(value)}
        raise Refused(_("expected a whole number from 1 to %(largest)s, not %(value)s") % told)
    return number


def read_strata(name: str, value: Any) -> tuple[str, ...]:
    names = read_names(name, value)
    if unknown := [stratum for stratum in names if stratum not in STRATA]:
        told = {"known": ", ".join(STRATA), "value": quoted(unknown[0])}
        raise Refused(_("expected some of %(known)s, not %(value)s") % told)
    return tuple(stratum for stratum in STRATA if stratum in names)


def read_choice(name: str, value: Any) -> str:
    choices = {"unit": Sample.Unit, "allocation": Sample.Allocation}[name]
    if value not in choices.values:
        raise Refused(
            _("expected one of %(known)s, not %(value)s") % {"known": ", ".join(choices.values), "value": quoted(value)}
        )
    return str(value)


READERS: dict[str, Any] = {
    "size": read_size,
    "by": read_strata,
    "unit": read_choice,
    "allocation": read_choice,
    "systems": read_names,
    "seed": read_seed,
}


def sample_command(slug: str, plan: Plan) -> str:
    """The command that draws this sample."""
    of_plan = {
        "size": plan.size,
        "by": ",".join(plan.by) or None,
        "unit": plan.unit if plan.unit != Sample.Unit.RESPONSE else None,
        "allocation": plan.allocation if plan.allocation != Sample.Allocation.PROPORTIONAL else None,
        "system": plan.systems,
        "seed": plan.seed or None,
    }
    return command_line("draw_sample", slug, of_plan)
