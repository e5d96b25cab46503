"""What a browser posts becomes the body that the API takes, and back.

What is right or wrong is said by the flow alone, so that page and API say the same.
"""

import re
from collections.abc import Mapping
from typing import Any

import orjson
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotation.flow.errors import Refused
from annotation.models import Decision, Job

NO_FAULTS: Mapping[str, str] = {}
FORMATS = [
    ("sixpoint", gettext_lazy("Sixpoint or MMIE")),
    ("label-studio", gettext_lazy("Label Studio, JSON export")),
    ("argilla", gettext_lazy("Argilla, JSON export")),
    ("csv", gettext_lazy("a table (CSV)")),
]


def posted_upload(post: Mapping[str, Any], files: MultiValueDict[str, Any]) -> dict[str, Any]:
    """What jobs.start is told: the file, what it holds and how it is to be read. Raises Refused without a file."""
    upload = files.get("file")
    if upload is None:
        raise Refused(_("file: expected a file"))
    kind = Job.Kind.LOAD_SCORES if post.get("kind") == "scores" else Job.Kind.LOAD_ITEMS
    options: dict[str, Any] = {"dry_run": as_boolean(post.get("dry_run", ""), "dry_run")}
    if kind == Job.Kind.LOAD_ITEMS:
        options["format"] = str(post.get("format") or "sixpoint")
        options["columns"] = [line for line in str(post.get("columns") or "").splitlines() if line.strip()]
    return {"kind": kind, "upload": upload, "file_name": str(upload.name), "options": options}


def as_boolean(value: Any, field: str) -> bool:
    """A checkbox, or what scripts write. Raises Refused for anything else: a dry run must not store for a slip."""
    word = str(value).lower()
    if word not in ("", "on", "true", "1", "yes", "false", "0", "no", "off"):
        raise Refused(_("%(field)s: expected true or false") % {"field": field})
    return word in ("on", "true", "1", "yes")


class Posted:
    """What was posted, by attribute, for a template that shows it again as it would show the row."""

    def __init__(self, post: QueryDict) -> None:
        self.post = post

    def __getattr__(self, name: str) -> Any:
        return self.post.get(name)


def posted_workspace(post: QueryDict) -> tuple[dict[str, Any], str]:
    """The workspace's fields, and its errors, a line each."""
    changes: dict[str, Any] = {name: post.get(name) for name in ("feedback", "confidence", "blur")}
    changes |= {name: name in post for name in ("overall_shown", "ladder_after_first_score", "reopening")}
    changes["errors_below"] = post.get("errors_below") or None
    return changes, str(post.get("errors", "")).replace("\r\n", "\n").strip()


WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")


def as_level(value: str) -> Any:
    """A number where it is one; anything else as it came, for the flow to refuse."""
    return int(value) if WHOLE_NUMBER.fullmatch(value) else value


def as_text(value: Any) -> str:
    return str(value).replace("\r\n", "\n")


def posted_judgement(post: QueryDict) -> dict[str, Any]:
    """The body that the API takes; what may be left out of it, and was left empty, is left out."""
    body: dict[str, Any] = {
        "scores": {key: as_level(value) for key, value in prefixed(post, "score-")},
        "penalties": post.getlist("penalty"),
        "feedback": as_text(post.get("feedback", "")),
        "active_seconds": as_level(str(post.get("active_seconds") or "0")),
    }
    marks = {
        "overall": as_level(str(post.get("overall", ""))),
        "notes": {key: as_text(text) for key, text in prefixed(post, "note-") if text.strip()},
        "block_notes": [note for name, text in prefixed(post, "block-note-") if (note := block_note(name, text))["text"].strip()],
        "errors": [error_mark(value) for value in post.getlist("error")],
        "confidence": {key: as_level(value) for key, value in prefixed(post, "confidence-")},
        "looks": as_json(str(post.get("looks") or "[]")),
    }
    return body | {key: value for key, value in marks.items() if value not in ("", {}, [])}


def form_entries(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The names and values of a form that says what `body` says, a draft's content: what posted_judgement reads, and back."""
    entries: list[tuple[str, Any]] = [
        *((f"score-{key}", value) for key, value in body.get("scores", {}).items()),
        *(("penalty", key) for key in body.get("penalties", [])),
        *((name, body[name]) for name in ("feedback", "active_seconds", "overall") if name in body),
        *((f"note-{key}", text) for key, text in body.get("notes", {}).items()),
        *((f"block-note-{note['part']}-{note['block']}", note["text"]) for note in body.get("block_notes", [])),
        *(("error", error_value(mark)) for mark in body.get("errors", [])),
        *((f"confidence-{key}", value) for key, value in body.get("confidence", {}).items()),
        *(("looks", orjson.dumps(looks).decode()) for looks in [body.get("looks")] if looks),
    ]
    return [(name, as_text(value)) for name, value in entries if value != ""]


def error_value(mark: Mapping[str, Any]) -> str:
    return str(mark["type"]) if mark["block"] is None else f"{mark['type']}@{mark['block']}"


def prefixed(post: QueryDict, prefix: str) -> list[tuple[str, str]]:
    return [(name.removeprefix(prefix), str(value)) for name, value in post.items() if name.startswith(prefix)]


def block_note(name: str, text: str) -> dict[str, Any]:
    """From the name of its field, as in response-3."""
    part, _dash, number = name.rpartition("-")
    return {"part": part, "block": as_level(number), "text": as_text(text)}


def error_mark(value: str) -> dict[str, Any]:
    """From the value of its box: the error's key, and where it is in one block "@" and the block's number."""
    key, at, number = value.partition("@")
    return {"type": key, "block": as_level(number) if at else None}


def as_json(value: str) -> Any:
    """What a script left in a hidden field; anything else as it came, for the flow to refuse."""
    try:
        return orjson.loads(value)
    except ValueError:
        return value


def posted_answers(post: QueryDict, criteria: list[dict[str, Any]]) -> dict[str, Any]:
    """An answer per criterion that is asked: a level, "na", or for a penalty true or false. What was left open is absent."""
    return {
        criterion["key"]: read_answer(criterion, str(post[f"score-{criterion['key']}"]))
        for criterion in criteria
        if f"score-{criterion['key']}" in post
    }


def read_answer(criterion: dict[str, Any], value: str) -> Any:
    if criterion["kind"] == "penalty" and value in ("yes", "no"):
        return value == "yes"
    return as_level(value)


def posted_decisions(post: QueryDict, criteria: list[dict[str, Any]]) -> dict[str, Any]:
    answers = posted_answers(post, criteria)
    return {
        key: {"score": answers.get(key), "cause": post.get(f"cause-{key}"), "reason": post.get(f"reason-{key}", "")}
        for key in (criterion["key"] for criterion in criteria)
    }


def rows(
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


def decision_rows(asked: list[Decision], rows: list[dict[str, Any]], post: QueryDict | None, faults: Mapping[str, str]) -> Any:
    """The asked criteria with what was decided so far: the adjudicator's own score until they choose another."""
    by_key = {row["key"]: row for row in rows}
    for decision in asked:
        key = decision.criterion.key
        yield by_key[key] | {
            "unseen": decision.blind_answer,
            "score": by_key[key]["score"] if post else decision.blind_answer,
            "cause": post.get(f"cause-{key}", "") if post else "",
            "reason": post.get(f"reason-{key}", "") if post else "",
            "cause_fault": faults.get(f"{key}.cause"),
            "reason_fault": faults.get(f"{key}.reason"),
        }
