"""A project's rules for disputes and labels: made with it, and changed by its managers."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotation.errors import ValidationError
from annotation.models import Deciders, Event, LabelsFrom, Project, Rules, User

LARGEST_GAP = 99


def make_rules(*, project: Project) -> Rules:
    return Rules.objects.create(project=project)


@transaction.atomic
def change_rules(*, project: Project, by: User | None, changes: Mapping[str, Any]) -> Rules:
    """Set the named rules. Raises ValidationError, which names every fault; then none is changed."""
    rules = Rules.objects.select_for_update().get(project=project)
    old = rules.as_values()
    set_values(rules, changes)
    changed = {key: [old[key], value] for key, value in rules.as_values().items() if value != old[key]}
    if changed:
        rules.save(update_fields=list(changed))
        Event.objects.create(project=project, verb=Event.Verb.RULES_CHANGED, by=by, data=changed)
    project.rules = rules  # what the caller counts from now on, it counts by the new rules
    return rules


def changed_rules(project: Project, changes: Mapping[str, Any]) -> Rules:
    """The project's rules with these values, unsaved: for a preview. Raises ValidationError."""
    rules = Rules(project_id=project.pk, **project.rules.as_values())
    set_values(rules, changes)
    return rules


def set_values(rules: Rules, changes: Mapping[str, Any]) -> None:
    faults = {key: _("Unknown; expected %(known)s.") % {"known": ", ".join(READERS)} for key in set(changes) - set(READERS)}
    for key in set(changes) & set(READERS):
        try:
            setattr(rules, key, READERS[key](changes[key]))
        except ValueError as error:
            faults[key] = str(error)
    if faults:
        raise ValidationError(dict(sorted(faults.items())))


def read_gap(value: Any) -> int:
    number = whole_number(value)
    if number is None or not 1 <= number <= LARGEST_GAP:
        raise ValueError(_("Enter a whole number from 1 to %(largest)s.") % {"largest": LARGEST_GAP})
    return number


def read_cut_off(value: Any) -> int | None:
    if value in (None, ""):
        return None
    number = whole_number(value)
    if number is None or not 1 <= number <= LARGEST_GAP:
        raise ValueError(_("Enter a level from 1 to %(largest)s, or leave it empty.") % {"largest": LARGEST_GAP})
    return number


def whole_number(value: Any) -> int | None:
    """None for anything else, True and 2.5 among them."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal() and len(value.strip()) < 6:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def read_switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(_("Expected true or false."))
    return value


def read_share(value: Any) -> float:
    """A share of 1: what a page asks for in percent, it divides."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(_("Enter a share from 0 to 100 %."))
    return float(value)


def choice_of(choices: type[Deciders] | type[LabelsFrom]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in choices.values:
            raise ValueError(_("Choose one of: %(known)s.") % {"known": ", ".join(choices.values)})
        return str(value)

    return read


READERS: dict[str, Callable[[Any], Any]] = {
    "pair_gap": read_gap,
    "group_range": read_gap,
    "penalties": read_switch,
    "applicability": read_switch,
    "holistic": read_switch,
    "cut_off": read_cut_off,
    "deciders": choice_of(Deciders),
    "further_annotator": read_switch,
    "undisputed_share": read_share,
    "second_share": read_share,
    "labels_from": choice_of(LabelsFrom),
}
