"""The adjudicator's form: the asked criteria, scored blind and then decided, with everything that goes with them."""

import json
from collections.abc import Iterator, Mapping
from secrets import token_urlsafe
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from annotation import keyboard
from annotation.access.blind import task_content
from annotation.access.revealed import revealed_content
from annotation.errors import DraftConflict
from annotation.flow import adjudicate
from annotation.flow.score.submission import na_allowed
from annotation.forms.criteria import NO_FAULTS, by_words, criterion_rows
from annotation.forms.decision import BLIND, DECISION, decision_rows, fault_rows, shared_reason
from annotation.models import CaseReview, Decision, Preferences
from annotation.views.adjudicate import said
from annotation.views.adjudicate.decided import blind_answers, earlier_rounds
from annotation.views.annotate import render_page
from annotation.views.requests import UserRequest


def phase_of(review: CaseReview) -> str:
    return DECISION if review.revealed_at else BLIND


def asked_criteria(review: CaseReview) -> list[dict[str, Any]]:
    """Key, kind and title: what is needed to read the form."""
    criteria = [decision.criterion for decision in review.adjudication.decisions.all()]
    return [{"key": criterion.key, "kind": criterion.kind, "title": criterion.title} for criterion in criteria]


def form_page(
    request: UserRequest,
    review: CaseReview,
    *,
    body: Mapping[str, Any] | None = None,
    faults: Mapping[str, str] = NO_FAULTS,
    overtaken: DraftConflict | None = None,
) -> HttpResponse:
    """The form of the case's phase: filled with what was sent, or else with the draft, or else with blind scores."""
    adjudication = review.adjudication
    content = task_content(adjudication.task_id)
    draft, version = adjudicate.draft_of(review)
    filled = body or draft or {}
    blind = blind_answers(review)
    revealed = revealed_content(adjudication) if review.revealed_at else []
    asked = list(adjudication.decisions.all())
    keys_asked = [decision.criterion.key for decision in asked]
    same = adjudicate.given_the_same(adjudication) if review.revealed_at else frozenset()
    rows = criterion_rows(content["rubric"], allowed_na=na_allowed(adjudication.task), body={}, faults={})
    criteria = list(decision_rows(asked, rows, draft=filled, blind=blind, same=same, faults=faults))
    keys = keyboard.deciding_keys(Preferences.objects.keys_of(request.user))
    context: dict[str, Any] = (
        content
        | said.with_remarks(content, revealed)
        | {
            "case": adjudication,
            "review": review,
            "project": review.project,
            "phase": phase_of(review),
            "revealed": bool(review.revealed_at),
            "said": said.said_context(content["rubric"], revealed, keys_asked, blind),
            "rounds": [] if adjudication.second or not review.revealed_at else list(earlier_rounds(review)),
            "criteria": list(with_ranges(criteria, revealed, blind)),
            "causes": cause_choices(),
            "reason": shared_reason(filled),
            "reasons": adjudicate.reasons_used(review.project, keys_asked, request.user) if review.revealed_at else [],
            "feedback": filled.get("feedback") or "",
            "adopt": filled.get("adopt") or "",
            "ways": ways_out(review),
            "chosen_way": chosen_way(request),
            "deciders": [member.user for member in adjudicate.colleagues(review)],
            "overtaken": overtaken,
            "draft_version": overtaken.version if overtaken else version,
            "idempotency_key": f"page-{token_urlsafe(12)}",
            "blurred": review.project.workspace.blurs(adjudication.task.response),
            "faults": faults,
            "fault_list": by_words(fault_rows(faults, criteria)),
        }
        | key_context(keys, criteria, revealed=bool(review.revealed_at), causes=len(same) < len(asked))
    )
    status = 412 if overtaken else 400 if faults else 200
    at = reverse("case", args=[adjudication.pk])
    return render_page(request, "annotation/adjudicate/case.html", context, status=status, at=at)


def with_ranges(criteria: list[dict[str, Any]], revealed: said.Revealed, blind: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows, each with what stands against each other: the adjudicator's blind score, and the range of the annotators'."""
    penalties = [row["key"] for row in criteria if row["kind"] == "penalty"]
    for row in criteria:
        key = row["key"]
        spread = said.spread_of(row, revealed)
        own = said.answer_text(blind.get(key))
        parts = [
            _("yours %(answer)s") % {"answer": own} if own is not None else "",
            _("range %(range)s") % {"range": spread} if spread is not None else "",
        ]
        number = penalties.index(key) + 1 if key in penalties else 0
        yield row | {
            "against": " · ".join(part for part in parts if part),
            "command": f"penalty_{number}" if 0 < number <= 4 else "",
        }


def cause_choices() -> list[dict[str, str]]:
    return [
        {"value": value, "title": str(title).capitalize(), "command": f"cause_{number}"}
        for number, (value, title) in enumerate(Decision.Cause.choices, start=1)
    ]


def ways_out(review: CaseReview) -> list[dict[str, str]]:
    """How a case can be left without a decision. What would tell whether it is disputed is offered after the blind scores."""
    after = (
        {"send_back": _("Send back to an annotator"), "ask_further": _("Ask one more annotator")} if review.revealed_at else {}
    )
    always = {"skip": _("Skip"), "hand_over": _("Hand over"), "unusable": _("Mark unusable")}
    return [{"value": value, "title": title} for value, title in ((after if review.revealed_at else {}) | always).items()]


def chosen_way(request: UserRequest) -> dict[str, str]:
    return {name: str(request.POST.get(f"way_{name}", "")) for name in ("annotator", "to", "words")} | {
        "way": str(request.POST.get("way", ""))
    }


def key_context(keys: Mapping[str, str], criteria: list[dict[str, Any]], *, revealed: bool, causes: bool) -> dict[str, Any]:
    """The keys of the page by command, without those that have nothing to do in this phase, and the list of them."""
    penalties = {f"penalty_{number}": row["title"] for number, row in enumerate(criteria_of(criteria, "penalty"), start=1)}
    unused = {f"penalty_{number}" for number in range(1, 5)} - set(penalties)
    if not any(row["may_be_na"] for row in criteria):
        unused.add("na")
    if not revealed:
        unused |= {"reason", "note", "feedback"}
    if not revealed or not causes:
        unused |= {"cause_1", "cause_2", "cause_3", "cause_4"}
    used = {name: key for name, key in keys.items() if name not in unused}
    return {
        "keys": used,
        "keys_json": json.dumps(used),
        "key_list": keyboard.grouped_commands(used, penalties, unused, keyboard.DECIDING),
    }


def criteria_of(criteria: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [row for row in criteria if row["kind"] == kind]
