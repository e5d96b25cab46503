"""The two forms on which people score: what a browser posts becomes the body that the API takes, and back.

What is right or wrong is said by the flow alone, so that page and API say the same.
"""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from annotation.models import Decision

NO_FAULTS: Mapping[str, str] = {}


def as_level(value: str) -> Any:
    """A number where it is one; anything else as it came, for the flow to refuse."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else value


def posted_judgement(post: QueryDict) -> dict[str, Any]:
    scores = {name.removeprefix("score-"): as_level(str(value)) for name, value in post.items() if name.startswith("score-")}
    body: dict[str, Any] = {
        "scores": scores,
        "penalties": post.getlist("penalty"),
        "feedback": str(post.get("feedback", "")).replace("\r\n", "\n"),
        "active_seconds": as_level(str(post.get("active_seconds") or "0")),
    }
    return body | ({"overall": as_level(str(post["overall"]))} if post.get("overall") else {})


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
    rubric: dict[str, Any],
    *,
    allowed_na: set[str],
    scores: Mapping[str, Any],
    penalties: list[str] | None = None,
    faults: Mapping[str, str] = NO_FAULTS,
) -> list[dict[str, Any]]:
    """The rubric's criteria as the form shows them: which answers there are, which is given, and what is wrong with it."""
    given = penalties or []
    return [
        criterion
        | {
            "score": scores.get(criterion["key"]),
            "given": criterion["key"] in given,
            "may_be_na": criterion["key"] in allowed_na,
            "fault": faults.get(f"scores.{criterion['key']}") or faults.get(criterion["key"]),
        }
        for criterion in rubric["criteria"]
    ]


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
