"""The annotator's page: one response to read and to score, then the next; and what was submitted, to look at or to revise.

A script asks with HX-Request and gets the main part alone, to be put in place of the one it has; HX-Push-Url is its address.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from annotation.access.blind import claim_content, loaded_task_content
from annotation.access.membership import membership_or_404
from annotation.errors import DraftConflict
from annotation.flow import score
from annotation.flow.score import overall, readback, revise
from annotation.forms.criteria import NO_FAULTS
from annotation.forms.scoring_form import scoring_form
from annotation.models import Assignment, Project, Role, SentBack, User
from annotation.views.requests import UserRequest

# What htmx does with an answer, whichever button asked: it is swapped and ready at once, for the script that starts it.
SWAP = {"HX-Retarget": "#main", "HX-Reselect": "#main", "HX-Reswap": "outerHTML settle:0s"}


def render_page(
    request: UserRequest, template: str, context: Mapping[str, Any], *, status: int = 200, at: str = ""
) -> HttpResponse:
    """The page, or its main part alone for a script; `at` is its address where that is not the one that was asked for."""
    base = "annotation/annotate/_main.html" if request.htmx else "base.html"
    answer = render(request, template, {**context, "base": base}, status=status)
    if request.htmx:
        for name, value in SWAP.items():
            answer[name] = value
    if request.htmx and at:
        answer["HX-Push-Url"] = at
    return answer


def asks_for_json(request: UserRequest) -> bool:
    """Whether the page's script asks, and wants no page to show where facts will do."""
    return bool(request.htmx) and request.get_preferred_type(["text/html", "application/json"]) == "application/json"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def annotate(request: UserRequest, slug: str) -> HttpResponse:
    """POST claims; GET shows the held response, or a button to claim one."""
    membership = membership_or_404(request.user, slug, Role.ANNOTATOR)
    if request.method == "POST":
        return next_response(request, membership.project)
    if slot := score.held_assignment(membership.project, request.user):
        return open_assignment(request, slot)
    return start(request, membership.project)


def start(request: UserRequest, project: Project) -> HttpResponse:
    own = Assignment.objects.filter(project=project, annotator=request.user)
    context = what_is_left(project, request.user) | {
        "membership": membership_or_404(request.user, project.slug, Role.ANNOTATOR),
        "done": own.submitted().count(),
    }
    return render_page(request, "annotation/annotate/start.html", context, at=reverse("annotate", args=[project.slug]))


def what_is_left(project: Project, by: User) -> dict[str, Any]:
    """Whether a response comes to the annotator when they ask for one, and what to say where none does."""
    full = score.day_is_full(project, by)
    something_left = not full and score.ahead(project=project, by=by) is not None
    return {
        "full": full,
        "something_left": something_left,
        "limited": not something_left and score.is_limited(project, by),
        "elsewhere": 0 if full or something_left else score.elsewhere(project=project, by=by),
    }


def open_assignment(request: UserRequest, slot: Assignment) -> HttpResponse:
    return scoring_page(request, slot) if request.htmx else redirect("assignment", pk=slot.pk)


def next_response(request: UserRequest, project: Project, before: str = "", revisable: Assignment | None = None) -> HttpResponse:
    """Claim the next response and open it; `before` is the message about the response before, which may be `revisable`."""
    slot = score.claim(project=project, by=request.user)
    if slot and before:
        before += " " + _("Next: a response to %(query)s.") % {"query": slot.task.response.query.external_id}
    if before:
        messages.success(request, with_way_back(before, revisable) if revisable else before)
    if slot:
        return open_assignment(request, slot)
    return start(request, project) if request.htmx else redirect("annotate", slug=project.slug)


def with_way_back(message: str, slot: Assignment) -> str:
    """The message, and a link to revise what was submitted where that is allowed."""
    if not revise.may_revise(slot):
        return message
    return format_html('{} <a href="{}">{}</a>', message, reverse("revise", args=[slot.pk]), _("Revise that one"))


@login_required
@require_safe
@never_cache
def assignment(request: UserRequest, pk: int) -> HttpResponse:
    slot = assignment_or_404(request, pk)
    if slot.annotator_id != request.user.pk:
        return gone_page(request, slot)
    if slot.submitted_at:
        return submitted_page(request, slot)
    return scoring_page(request, slot)


def assignment_or_404(request: UserRequest, pk: int) -> Assignment:
    try:
        return score.own_assignment(pk, request.user)
    except Assignment.DoesNotExist as error:
        raise Http404 from error


def submitted_page(request: UserRequest, slot: Assignment, *, status: int = 200) -> HttpResponse:
    """What the annotator submitted, and a way to revise it where that is allowed."""
    context = loaded_task_content(slot.task) | {
        "slot": slot,
        "project": slot.project,
        "readback": readback.newest(slot),
        "may_revise": revise.may_revise(slot),
        "sent_back": SentBack.objects.open().filter(annotation__assignment=slot).select_related("by").first(),
        "blurred": slot.project.workspace.blurs(slot.task.response),
    }
    at = reverse("assignment", args=[slot.pk])
    return render_page(request, "annotation/annotate/submitted.html", context, status=status, at=at)


def scoring_page(
    request: UserRequest,
    slot: Assignment,
    *,
    body: dict[str, Any] | None = None,
    faults: Mapping[str, str] = NO_FAULTS,
    overtaken: DraftConflict | None = None,
) -> HttpResponse:
    """The response with its form: filled with what was sent, or else with the draft, or else with what is to be revised."""
    content = claim_content(slot)
    revising = slot.submitted_at is not None
    held = content["assignment"]
    before = readback.newest(slot) if revising else None
    progress = score.progress(project=slot.project, by=request.user)
    filled = body or held["draft"] or (readback.as_body(before) if before else {})
    context: dict[str, Any] = (
        content
        | {
            "slot": slot,
            "project": slot.project,
            "overtaken": overtaken,
            "draft_version": overtaken.version if overtaken else held["draft_version"],
            "ladder_locked": slot.project.workspace.ladder_after_first_score and not filled.get("scores"),
            "blurred": slot.project.workspace.blurs(slot.task.response),
            "overall_json": "" if body else overall_json(slot, filled),
            "revising": revising,
            "sent_back": SentBack.objects.open().filter(annotation__assignment=slot).select_related("by").first()
            if revising
            else None,
            # for a browser without JavaScript: this form, sent twice, counts once
            "idempotency_key": f"page-{token_urlsafe(12)}",
            "revision": before.revision.number if before else "",
            **progress._asdict(),
        }
        | scoring_form(slot, content, filled, faults)
    )
    context["asks"] = asks(slot.project, [row["key"] for row in context["errors"]])
    status = 412 if overtaken else 400 if faults else 200
    at = reverse("revise" if revising else "assignment", args=[slot.pk])
    return render_page(request, "annotation/annotate/annotate.html", context, status=status, at=at)


def asks(project: Project, errors: Iterable[str]) -> str:
    """What the page asks for besides scores: when it is another now, a page that was opened before is too old to submit."""
    workspace = project.workspace
    return " ".join([workspace.feedback, workspace.confidence, str(workspace.errors_below), *errors])


def overall_json(slot: Assignment, draft: dict[str, Any]) -> str:
    """For the page's script, as saving a draft returns it; empty where it is not shown or not complete."""
    shown_overall = overall.of_draft(slot.task, draft) if slot.project.workspace.overall_shown else None
    return json.dumps(shown_overall.as_content()) if shown_overall else ""


def gone_page(request: UserRequest, slot: Assignment) -> HttpResponse:
    """The page of an assignment that is somebody else's now, or was submitted: the draft stays, and may be taken up again."""
    done = score.submitted_by(slot, request.user)
    context = {
        "slot": slot,
        "project": slot.project,
        "done": done,
        "free": not done and any(slots.exists() for slots in score.free_slots(slot, request.user)),
    }
    return render_page(request, "annotation/annotate/gone.html", context, status=409)


@login_required
@require_safe
@never_cache
def ahead(request: UserRequest, pk: int) -> HttpResponse:
    """The pictures of the response that most likely comes next, to be fetched while this one is read. Nothing is claimed."""
    slot = score.ahead(project=assignment_or_404(request, pk).project, by=request.user)
    content = loaded_task_content(slot.task) if slot else {}
    parts = {part: list(image_blocks(content[part]["blocks"])) for part in ("query", "response") if slot}
    return render(request, "annotation/annotate/_ahead.html", parts)


def image_blocks(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The blocks with an image, without their texts."""
    return (block | {"text": None} for block in blocks if block["image"])
