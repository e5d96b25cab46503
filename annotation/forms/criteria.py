"""The rubric's criteria as a form shows them, filled with the answers so far."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

NO_FAULTS: Mapping[str, str] = {}


def criterion_rows(
    rubric: dict[str, Any], *, allowed_na: set[str], body: Mapping[str, Any], faults: Mapping[str, str] = NO_FAULTS
) -> list[dict[str, Any]]:
    """The rubric's criteria, each with its answers in `body`, whether "not applicable" is allowed, and what is wrong."""
    scores, notes, confidence = (as_mapping(body.get(name)) for name in ("scores", "notes", "confidence"))
    return [
        criterion
        | {
            "name": f"score-{criterion['key']}",
            "score": scores.get(criterion["key"]),
            "note": notes.get(criterion["key"], ""),
            "confidence": confidence.get(criterion["key"]),
            "applies": criterion["key"] in body.get("penalties", []),
            "may_be_na": criterion["key"] in allowed_na,
            "fault": fault_of(criterion["key"], faults),
        }
        for criterion in rubric["criteria"]
    ]


def as_mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def fault_of(criterion: str, faults: Mapping[str, str]) -> str:
    """What is wrong with the criterion: its score first, then its confidence and note."""
    messages = {
        f"scores.{criterion}": "%s",
        criterion: "%s",
        f"confidence.{criterion}": _("how sure: %s"),
        f"notes.{criterion}": _("note: %s"),
    }
    return "; ".join(message % faults[field] for field, message in messages.items() if field in faults)


def by_words(rows: Iterable[Mapping[str, str]]) -> list[tuple[str, list[Mapping[str, str]]]]:
    """Rows of faults, each with the title and the place of its field, under what is said of them: it stands at each already."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        found.setdefault(row["fault"], []).append(row)
    return list(found.items())
