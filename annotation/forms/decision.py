"""An adjudicator's form: blind scores, then decisions."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from annotation.forms.submission import as_level
from annotation.models import Decision


def posted_answers(post: QueryDict, criteria: list[dict[str, Any]]) -> dict[str, Any]:
    """An answer per asked criterion: a level, "na", or for a penalty true or false. A criterion without an answer is absent."""
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


def decision_rows(
    asked: list[Decision], rows: list[dict[str, Any]], blind: Mapping[str, Any], post: QueryDict | None, faults: Mapping[str, str]
) -> Any:
    """The rows of the asked criteria with the decisions so far: the adjudicator's blind score until they choose another."""
    by_key = {row["key"]: row for row in rows}
    for decision in asked:
        key = decision.criterion.key
        yield by_key[key] | {
            "score": by_key[key]["score"] if post else blind.get(key),
            "cause": post.get(f"cause-{key}", "") if post else "",
            "reason": post.get(f"reason-{key}", "") if post else "",
            "cause_fault": faults.get(f"{key}.cause"),
            "reason_fault": faults.get(f"{key}.reason"),
        }
