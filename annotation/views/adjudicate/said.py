"""What is shown of the annotators' judgements once they are revealed: a table, remarks in a list, and remarks at their blocks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from annotation.models import Confidence, Part

Revealed = Sequence[Mapping[str, Any]]  # what access.revealed returns: a mapping per annotator


def said_context(rubric: Mapping[str, Any], revealed: Revealed, asked: Sequence[str], blind: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "annotators": revealed,
        "rows": list(score_rows(rubric, revealed, asked, blind)),
        "remarks": [remark for one in revealed for remark in remarks_of(rubric, one)],
        "feedbacks": [one for one in revealed if one["feedback"].strip()],
        "blind": bool(blind),
    }


def score_rows(
    rubric: Mapping[str, Any], revealed: Revealed, asked: Sequence[str], blind: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """A row per criterion with each annotator's answer, the asked ones first; the overall last, where the annotators give it.

    A penalty that does not apply is as nothing said.
    """
    for criterion in sorted(rubric["criteria"], key=lambda criterion: criterion["key"] not in asked):
        key = criterion["key"]
        yield {
            "title": criterion["title"],
            "asked": key in asked,
            "cells": [
                {"score": answer_text(answer_of(criterion, one) or None), **confidence_of(one["confidence"].get(key))}
                for one in revealed
            ],
            "own": answer_text(blind.get(key) or None),
        }
    if rubric["overall"]["method"] == "holistic":
        yield {"title": _("Overall"), "asked": False, "cells": [{"score": one["overall"]} for one in revealed]}


def answer_of(criterion: Mapping[str, Any], one: Mapping[str, Any]) -> Any:
    """A level, "na", or for a penalty whether it applies; None where the annotator gave none."""
    if criterion["kind"] == "penalty":
        return criterion["key"] in one["penalties"]
    return one["scores"].get(criterion["key"])


def answer_text(answer: Any) -> Any:
    if isinstance(answer, bool):
        return _("applies") if answer else _("does not apply")
    return _("n/a") if answer == "na" else answer


def confidence_of(value: int | None) -> dict[str, str]:
    """In words, and as dots where there is no room for them."""
    return {"confidence": str(Confidence(value).label), "dots": "•" * value} if value else {}


def remarks_of(rubric: Mapping[str, Any], one: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Everything that an annotator put into words, or marked, with the place that it is about."""
    letter = one["letter"]
    for criterion in rubric["criteria"]:
        if note := one["notes"].get(criterion["key"]):
            yield {"letter": letter, "place": _("on %(title)s") % {"title": criterion["title"]}, "text": note}
    for note in one["block_notes"]:
        yield {"letter": letter, "place": block_text(note["part"], note["block"]), "text": note["text"]}
    for block in sorted({error["block"] or 0 for error in one["errors"]}):
        titles = ", ".join(error["title"] for error in one["errors"] if (error["block"] or 0) == block)
        place = block_text("response", block) if block else ""
        yield {"letter": letter, "place": place, "text": _("error: %(title)s") % {"title": titles}}
    if one["feedback"].strip():
        yield {"letter": letter, "place": _("feedback"), "text": one["feedback"]}


def block_text(part: str, block: int) -> str:
    return _("%(part)s, block %(block)s") % {"part": Part(part).label, "block": block}


def with_remarks(content: Mapping[str, Any], revealed: Revealed) -> dict[str, Any]:
    """The content of a task whose blocks of query and response have the remarks that were made on them."""
    marks: dict[tuple[str, int], list[dict[str, str]]] = {}
    for one in revealed:
        for note in one["block_notes"]:
            mark = {"letter": one["letter"], "text": note["text"], "kind": "remark"}
            marks.setdefault((note["part"], note["block"]), []).append(mark)
        for error in one["errors"]:
            mark = {"letter": one["letter"], "text": error["title"], "kind": "error"}
            marks.setdefault(("response", error["block"]), []).append(mark)

    def marked(part: str) -> dict[str, Any]:
        numbered = enumerate(content[part]["blocks"], start=1)
        return {"blocks": [block | {"remarks": marks.get((part, number), [])} for number, block in numbered]}

    return {part: content[part] | marked(part) for part in ("query", "response")}


def spread_of(criterion: Mapping[str, Any], revealed: Revealed) -> int | None:
    """Between the highest and the lowest level of a rated criterion; None where nobody gave a level."""
    levels = [score for one in revealed if isinstance(score := one["scores"].get(criterion["key"]), int)]
    return max(levels) - min(levels) if levels else None
