"""The rubric's criteria as a form shows them, filled with what was entered so far."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

NO_FAULTS: Mapping[str, str] = {}


def criterion_rows(
    rubric: dict[str, Any], *, allowed_na: set[str], said: Mapping[str, Any], faults: Mapping[str, str] = NO_FAULTS
) -> list[dict[str, Any]]:
    """The rubric's criteria as the form shows them: which answers there are, what was said so far, and what is wrong with it."""
    of_criterion = {name: as_mapping(said.get(name)) for name in ("scores", "notes", "confidence")}
    return [
        criterion
        | {
            "name": f"score-{criterion['key']}",
            "score": of_criterion["scores"].get(criterion["key"]),
            "note": of_criterion["notes"].get(criterion["key"], ""),
            "confidence": of_criterion["confidence"].get(criterion["key"]),
            "given": criterion["key"] in said.get("penalties", []),
            "may_be_na": criterion["key"] in allowed_na,
            "fault": fault_of(criterion["key"], faults),
        }
        for criterion in rubric["criteria"]
    ]


def as_mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def fault_of(criterion: str, faults: Mapping[str, str]) -> str:
    """What is wrong with the criterion: its score first, then what goes with it."""
    said = {
        f"scores.{criterion}": "%s",
        criterion: "%s",
        f"confidence.{criterion}": _("how sure: %s"),
        f"notes.{criterion}": _("note: %s"),
    }
    return "; ".join(words % faults[field] for field, words in said.items() if field in faults)
