"""What the settings of a project may be: each reader returns the value, or raises ValueError with what was expected."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from annotation.errors import quoted
from annotation.fields import is_empty, is_text, is_whole, whole_number

MOST_ANNOTATORS = 100
LONGEST_LEASE = 7 * 24 * 60
LARGEST_SEED = 2**63 - 1

Reader = Callable[[Any], Any]


def read_values(values: Mapping[str, Any], readers: Mapping[str, Reader]) -> tuple[dict[str, Any], dict[str, str]]:
    """What was read, by name, and the faults, by name."""
    read, faults = {}, {}
    for name, value in values.items():
        try:
            read[name] = readers[name](value)
        except ValueError as error:
            faults[name] = str(error)
    return read, faults


def read_slug(value: Any) -> str:
    if not isinstance(value, str) or not value or value != slugify(value) or len(value) > 100:
        raise ValueError(
            _("%(value)s is no slug: expected at most 100 small letters, digits and hyphens") % {"value": quoted(value)}
        )
    return value


def read_title(value: Any) -> str:
    if not is_text(value, 200) or is_empty(value):
        raise ValueError(_("expected a title of at most 200 characters, not %(value)s") % {"value": quoted(value)})
    return value.strip()


def read_overlap(value: Any) -> int:
    return whole_from_to(value, 1, MOST_ANNOTATORS)


def read_lease(value: Any) -> int:
    return whole_from_to(value, 1, LONGEST_LEASE)


def read_seed(value: Any) -> int:
    return whole_from_to(value, 0, LARGEST_SEED)


def read_share(value: Any) -> float:
    """A share of 1: what a page asks for in percent, it divides."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(_("expected a share from 0 to 100 %%, not %(value)s") % {"value": quoted(value)})
    return float(value)


def read_larger_overlap(value: Any) -> int | None:
    return None if is_empty(value) else read_overlap(value)


def whole_from_to(value: Any, least: int, most: int) -> int:
    number = whole_number(value.strip(), digits=19) if isinstance(value, str) else value
    if not is_whole(number) or not least <= number <= most:
        told = {"least": least, "most": most, "value": quoted(value)}
        raise ValueError(_("expected a whole number from %(least)s to %(most)s, not %(value)s") % told)
    return number


OVERLAP: dict[str, Reader] = {"overlap": read_overlap, "larger_share": read_share, "larger_overlap": read_larger_overlap}
NEW_PROJECT: dict[str, Reader] = {"slug": read_slug, "title": read_title, "seed": read_seed, **OVERLAP}


def read_overlap_values(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """`overlap`, `larger_share` and `larger_overlap`, each as it fits the others, and the faults."""
    read, faults = read_values(values, OVERLAP)
    return read, faults or misfits(read)


def misfits(read: Mapping[str, Any]) -> dict[str, str]:
    """What of the share and its overlap does not fit; without a share there is no larger overlap."""
    share, larger = read["larger_share"], read["larger_overlap"]
    if not share and larger is not None:
        return {"larger_share": _("expected a share above 0 % for which the larger number holds, or no larger number")}
    if share and (larger is None or larger <= read["overlap"]):
        return {
            "larger_overlap": _("expected more than the %(overlap)s of the other responses, not %(value)s")
            % {"overlap": read["overlap"], "value": quoted(larger)}
        }
    return {}
