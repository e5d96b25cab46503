"""The form of a project's rules for disputes and labels, and the agreement that its preview assumes."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotation.errors import ValidationError
from annotation.flow.setup.rules import READERS
from annotation.models import Rules

SWITCHES = ("penalties", "applicability", "holistic", "further_annotator")
SHARES = ("undisputed_share", "second_share")  # in percent on the page
ASSUMED = {"exact": 0.4, "adjacent": 0.87}

# What stands beside a rule: faults of its fields, and how many responses it puts in dispute (or, mixed in, into the queue).
BESIDE = {
    "agreement": ("exact", "adjacent"),
    "rated": ("pair_gap", "group_range"),
    "holistic": ("holistic",),
    "penalties": ("penalties",),
    "applicability": ("applicability",),
    "cut_off": ("cut_off",),
    "deciders": ("deciders",),
    "further_annotator": ("further_annotator",),
    "mixed_in": ("undisputed_share",),
    "second_share": ("second_share",),
    "labels_from": ("labels_from",),
}


class Field(NamedTuple):
    """A field as the page shows it: the value that was posted, or that of the project; `fault` says what is wrong with it."""

    value: Any
    fault: str


class Beside(NamedTuple):
    name: str
    faults: list[tuple[str, str]]
    responses: int | None


def posted_rules(post: QueryDict) -> dict[str, Any]:
    changes: dict[str, Any] = {key: post.get(key) for key in READERS if key in post}
    changes |= {key: key in post for key in SWITCHES}
    return changes | {key: share_of(post[key]) for key in SHARES if key in post}


def share_of(percent: Any) -> Any:
    """The text itself where it is no number: the rule then refuses it."""
    try:
        return float(str(percent).replace(",", ".")) / 100
    except ValueError:
        return percent


def posted_agreement(post: QueryDict) -> dict[str, float]:
    """The exact and the adjacent agreement that are assumed, as shares. Raises ValidationError."""
    assumed = {key: share_of(post[key]) if key in post else default for key, default in ASSUMED.items()}
    faults = {
        key: _("Enter a share from 0 to 100 %.")
        for key, value in assumed.items()
        if isinstance(value, str) or not 0 <= value <= 1
    }
    if not faults and assumed["adjacent"] < assumed["exact"]:
        faults["adjacent"] = _("Adjacent agreement includes exact agreement: enter a share that is not smaller.")
    if faults:
        raise ValidationError(faults)
    return assumed


def fields(rules: Rules, post: QueryDict, faults: Mapping[str, str]) -> dict[str, Field]:
    """Every field of the page by its name: as posted, where something was."""
    values: dict[str, Any] = rules.as_values()
    values |= {key: percent(values[key]) for key in SHARES} | {key: percent(value) for key, value in ASSUMED.items()}
    if post:
        values |= {key: post.get(key) for key in values if key in post} | {key: key in post for key in SWITCHES}
    return {key: Field("" if value is None else value, faults.get(key, "")) for key, value in values.items()}


def percent(share: float) -> str:
    return f"{100 * share:.10g}"


def beside(preview: Any, faults: Mapping[str, str]) -> dict[str, Beside]:
    return {
        name: Beside(name, [(key, faults[key]) for key in keys if key in faults], getattr(preview, name, None))
        for name, keys in BESIDE.items()
    }
