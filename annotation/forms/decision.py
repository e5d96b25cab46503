"""The adjudicator's form: blind scores, then decisions. From a posted form to what the flow takes and a draft holds, and back.

One field stands for the reasons of all criteria that have none of their own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotation.forms.submission import Entries, as_level, as_text
from annotation.models import Decision

BLIND, DECISION = "blind", "decision"  # the phases of a case, and of its form


def posted_answers(post: QueryDict, criteria: list[dict[str, Any]]) -> dict[str, Any]:
    """An answer per asked criterion: a level, "na", or for a penalty true or false. A criterion without an answer is absent."""
    return {
        criterion["key"]: read_answer(criterion, str(post[f"score-{criterion['key']}"]))
        for criterion in criteria
        if post.get(f"score-{criterion['key']}")
    }


def read_answer(criterion: dict[str, Any], value: str) -> Any:
    if criterion["kind"] == "penalty" and value in ("yes", "no"):
        return value == "yes"
    return as_level(value)


def posted_decisions(post: QueryDict, criteria: list[dict[str, Any]]) -> dict[str, Any]:
    answers = posted_answers(post, criteria)
    shared = as_text(post.get("shared_reason", ""))
    return {
        key: {
            "score": answers.get(key),
            "cause": post.get(f"cause-{key}") or None,
            "reason": as_text(post.get(f"reason-{key}", "")).strip() or shared,
        }
        for key in (criterion["key"] for criterion in criteria)
    }


def posted_feedback(post: QueryDict) -> dict[str, Any]:
    """The feedback for the release: an annotator's, by letter, or else the adjudicator's own words."""
    if adopt := post.get("adopt"):
        return {"feedback": "", "adopt": str(adopt)}
    return {"feedback": as_text(post.get("feedback", "")), "adopt": None}


def posted_draft(post: QueryDict, criteria: list[dict[str, Any]]) -> dict[str, Any]:
    """What a draft holds, by the form's phase: of the fields of a decision also those that another one stands for now."""
    if post.get("phase") == BLIND:
        return {"phase": BLIND, "scores": posted_answers(post, criteria)}
    return {
        "phase": DECISION,
        "decisions": posted_decisions(post, criteria),
        "shared_reason": as_text(post.get("shared_reason", "")),
        "feedback": as_text(post.get("feedback", "")),
        "adopt": post.get("adopt") or None,
    }


def form_entries(draft: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The names and values of the form that posted_draft reads as `draft`."""
    return [(name, as_text(value)) for name, value in draft_entries(draft) if value not in ("", None)]


def draft_entries(draft: Mapping[str, Any]) -> Entries:
    decisions = draft.get("decisions") or {}
    answers = draft.get("scores") or {key: item.get("score") for key, item in decisions.items()}
    for key, answer in answers.items():
        yield f"score-{key}", answer_value(answer)
    shared = shared_reason(draft)
    yield "shared_reason", shared
    for key, item in decisions.items():
        yield f"cause-{key}", item.get("cause")
        yield f"reason-{key}", own_reason(item, shared)
    yield "feedback", draft.get("feedback")
    yield "adopt", draft.get("adopt")


def answer_value(answer: Any) -> Any:
    """The value of the answer's field."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer


def shared_reason(draft: Mapping[str, Any]) -> str:
    """The reason that stands for all criteria but those with one of their own. A draft that was not written on the page has none:
    then the most frequent one, or else the first."""
    if (written := draft.get("shared_reason")) is not None:
        return str(written)
    reasons = Counter(str(item.get("reason") or "") for item in (draft.get("decisions") or {}).values())
    return reasons.most_common(1)[0][0] if reasons else ""


def own_reason(item: Mapping[str, Any], shared: str) -> str:
    reason = str(item.get("reason") or "")
    return "" if reason == shared else reason


def decision_rows(
    asked: Iterable[Decision],
    rows: Iterable[Mapping[str, Any]],
    *,
    draft: Mapping[str, Any],
    blind: Mapping[str, Any],
    same: Set[str],
    faults: Mapping[str, str],
) -> Iterator[dict[str, Any]]:
    """The rows of the asked criteria, filled with the draft: with the adjudicator's blind score until they choose another. Of
    those in `same` no cause is asked."""
    by_key = {row["key"]: row for row in rows}
    decisions = draft.get("decisions") or {}
    shared = shared_reason(draft)
    for decision in asked:
        key = decision.criterion.key
        item = decisions.get(key) or {}
        chosen = (draft.get("scores") or {}).get(key, item.get("score"))
        yield {
            **by_key[key],
            "score": blind.get(key) if chosen is None else chosen,
            "same": key in same,
            "cause": item.get("cause") or "",
            "reason": own_reason(item, shared),
            "fault": faults.get(f"scores.{key}", ""),
            "cause_fault": faults.get(f"cause.{key}", ""),
            "reason_fault": faults.get(f"reason.{key}", ""),
        }


def page_faults(error: Mapping[str, str], body: Mapping[str, Any], criteria: list[dict[str, Any]]) -> dict[str, str]:
    """The flow's faults by the fields of the form, as "scores.text", with sentences for what is still missing."""
    faults: dict[str, str] = {}
    shared: dict[str, str] = {}
    decisions = body.get("decisions")
    for criterion in criteria:
        key = criterion["key"]
        item = decisions.get(key, {}) if decisions is not None else {"score": body.get("scores", {}).get(key)}
        if fault := error.get(key):
            faults[f"scores.{key}"] = fault if item.get("score") is not None else missing_answer(criterion)
        if fault := error.get(f"{key}.cause"):
            faults[f"cause.{key}"] = fault
        if fault := error.get(f"{key}.reason"):
            if item.get("reason"):
                faults[f"reason.{key}"] = fault
            else:
                shared["shared_reason"] = fault
    known = {
        name for criterion in criteria for name in (criterion["key"], f"{criterion['key']}.cause", f"{criterion['key']}.reason")
    }
    return faults | shared | {name: fault for name, fault in error.items() if name not in known}


def missing_answer(criterion: Mapping[str, Any]) -> str:
    return _("Choose whether it applies.") if criterion["kind"] == "penalty" else _("Choose a level.")


def fault_rows(faults: Mapping[str, str], criteria: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """Each fault with the title of its field and the id of its element on the page, in the order of the page."""
    left = dict(faults)
    for criterion in criteria:
        key = criterion["key"]
        for name in (f"scores.{key}", f"cause.{key}", f"reason.{key}"):
            if name in left:
                yield {"title": criterion["title"], "fault": left.pop(name), "at": f"criterion-{key}"}
    fields = {
        "shared_reason": (_("Reason"), "shared-reason"),
        "feedback": (_("Feedback for the release"), "feedback"),
        "adopt": (_("Feedback for the release"), "adopt"),
    }
    left.pop("way", None)  # said where the ways are
    for name, fault in left.items():
        title, place = fields.get(name, (name, "judge"))
        yield {"title": title, "fault": fault, "at": place}
