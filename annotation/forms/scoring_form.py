"""The scoring form of the annotator's page: everything that it shows, filled with the answers so far."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from annotation import keyboard
from annotation.flow.score.submission import na_allowed
from annotation.forms.criteria import NO_FAULTS, by_words, criterion_rows, fault_of
from annotation.models import Asked, Assignment, Concern, Confidence, ErrorType, Part, Preferences, Workspace

HIGHEST_DIGIT = 9


def scoring_form(
    slot: Assignment, content: Mapping[str, Any], body: Mapping[str, Any], faults: Mapping[str, str] = NO_FAULTS
) -> dict[str, Any]:
    """The context of annotate.html but for the response; `body` is a submission's, or a draft. Two queries."""
    rubric, workspace = content["rubric"], slot.project.workspace
    criteria = criterion_rows(rubric, allowed_na=na_allowed(slot.task), body=body, faults=faults)
    rated = [row for row in criteria if row["kind"] == "rated"]
    penalties = [row for row in criteria if row["kind"] == "penalty"]
    errors = error_rows(list(ErrorType.objects.offered(slot.project)), body)
    preferences = Preferences.objects.keys_of(slot.annotator)
    put_keys(preferences, {"penalty": penalties, "error": errors})
    return {
        "criteria": rated,
        "penalties": penalties,
        "holistic": holistic(rubric, body, faults),
        "feedback": body.get("feedback", ""),
        "active_seconds": body.get("active_seconds", 0),
        "looks": json.dumps(body["looks"]) if body.get("looks") else "",
        "errors": errors,
        "block_notes": list(block_note_rows(content, body)),
        "workspace": workspace,
        "confidences": Confidence.choices,
        "concerns": Concern.choices,
        "concern_faults": {
            "skip": faults.get("kind") or faults.get("reason"),
            "flag": faults.get("flag_kind") or faults.get("flag_note"),
        },
        "faults": faults,
        "fault_list": by_words(fault_rows(rubric, faults)),
        **key_context(preferences),
        "key_list": keyboard.grouped_commands(
            keyboard.keys_by_command(preferences),
            key_titles(penalties, errors),
            unused_keys(workspace, criteria, penalties, errors),
        ),
    }


def key_context(preferences: Mapping[str, Any]) -> dict[str, Any]:
    """The person's keys by command: for the template, and as JSON for the page's script."""
    keys = keyboard.keys_by_command(preferences)
    return {"keys": keys, "keys_json": json.dumps(keys)}


def holistic(rubric: Mapping[str, Any], body: Mapping[str, Any], faults: Mapping[str, str]) -> dict[str, Any] | None:
    """A row like a criterion's where the annotators give the overall; `digits` is None where its range exceeds one digit."""
    overall = rubric["overall"]
    if overall["method"] != "holistic":
        return None
    by_digits = overall["min"] >= 0 and overall["max"] <= HIGHEST_DIGIT
    return {
        "key": "overall",
        "name": "overall",
        "title": _("Overall"),
        "range": overall,
        "score": body.get("overall"),
        "fault": faults.get("overall"),
        "digits": range(overall["min"], overall["max"] + 1) if by_digits else None,
    }


def error_rows(offered: list[ErrorType], body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The error types, each with whether it marks the whole response, and the blocks that it marks."""
    marks = [(mark.get("type"), mark.get("block")) for mark in body.get("errors", []) if isinstance(mark, Mapping)]
    return [
        {
            "key": error_type.key,
            "title": error_type.title,
            "description": error_type.description,
            "whole": (error_type.key, None) in marks,
            "blocks": [block for key, block in marks if key == error_type.key and block is not None],
        }
        for error_type in offered
    ]


def put_keys(preferences: Mapping[str, Any], rows_by_kind: Mapping[str, list[dict[str, Any]]]) -> None:
    """Give the first few rows of each kind their command, such as penalty_1, and its key."""
    keys = keyboard.keys_by_command(preferences)
    for kind, rows in rows_by_kind.items():
        for number, row in enumerate(rows, start=1):
            command = f"{kind}_{number}"
            row["command"] = command if command in keyboard.COMMANDS else ""
            row["letter"] = keys.get(command, "")


def block_note_rows(content: Mapping[str, Any], body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A field for each block of query and response."""
    texts = {
        (note.get("part"), note.get("block")): note.get("text", "")
        for note in body.get("block_notes", [])
        if isinstance(note, Mapping)
    }
    for part, label in Part.choices:
        for number in range(1, len(content[part]["blocks"]) + 1):
            yield {"part": part, "label": label, "block": number, "text": texts.get((part, number), "")}


def fault_rows(rubric: Mapping[str, Any], faults: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Each fault with the title of its field and the id of its element on the page, in the order of the page."""
    titles = {criterion["key"]: criterion["title"] for criterion in rubric["criteria"]}
    fields = {
        "feedback": (_("Feedback"), "part-feedback"),
        "errors": (_("Errors"), "part-errors"),
        "block_notes": (_("Notes on blocks"), "part-block_notes"),
        "overall": (_("Overall"), "criterion-overall"),
    }
    fields |= dict.fromkeys(("kind", "reason"), (_("Skip"), "skip")) | dict.fromkeys(
        ("flag_kind", "flag_note"), (_("Flag"), "flag")
    )
    order = list(titles)

    def place_of(field: str) -> int:
        key = field.partition(".")[2]
        return order.index(key) if key in titles else len(order)

    for field in sorted(faults, key=place_of):
        fault = faults[field]
        head, _dot, key = field.partition(".")
        if head in ("scores", "confidence", "notes") and key in titles:
            yield {"title": titles[key], "fault": fault_of(key, {field: fault}), "at": f"criterion-{key}"}
        else:
            title, place = fields.get(head, (field, "judge"))
            yield {"title": title, "fault": fault, "at": place}


def key_titles(penalties: list[dict[str, Any]], errors: list[dict[str, Any]]) -> dict[str, str]:
    return {row["command"]: row["title"] for row in [*penalties, *errors]}


def unused_keys(
    workspace: Workspace, criteria: list[dict[str, Any]], penalties: list[dict[str, Any]], errors: list[dict[str, Any]]
) -> set[str]:
    """The commands that have nothing to do here."""
    used = key_titles(penalties, errors)
    unused = {name for name in keyboard.COMMANDS if name.startswith(("penalty_", "error_")) and name not in used}
    if workspace.confidence == Asked.OFF:
        unused.add("confidence")
    if workspace.feedback == Asked.OFF:
        unused.add("feedback")
    if not any(row["may_be_na"] for row in criteria):
        unused.add("na")
    return unused
