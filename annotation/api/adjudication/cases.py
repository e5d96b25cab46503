"""The list of what waits for an adjudicator, and what becomes of a case other than a decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.membership import membership_or_404
from annotation.api import schema
from annotation.api.adjudication.adjudicate import body_value
from annotation.api.caller import caller
from annotation.api.shapes import cases as schema_cases
from annotation.errors import ValidationError
from annotation.fields import whole_number
from annotation.flow import adjudicate
from annotation.flow.adjudicate import Queue
from annotation.flow.adjudicate.listing import Filters, filtered, in_state, own_part
from annotation.flow.adjudicate.queue import STATES
from annotation.flow.judgements import A_MINUTE
from annotation.flow.shown import show_scores
from annotation.models import Membership, Role, Task, User

PAGE = 100
BY_AGE = {"since": "-age", "-since": "age"}  # an early day is a great age
NO_CONTENT = {204: OpenApiResponse(description="done")}


@extend_schema(parameters=schema_cases.FILTERS, responses={200: schema_cases.WaitingResponses} | schema.BAD | schema.HIDDEN)
@api_view(["GET"])
def listing(request: Request, slug: str) -> Response:
    """What waits: all of it for managers; for adjudicators what they can get, without anything of the scores."""
    by = caller(request)
    member = membership_or_404(by, slug, Role.ADJUDICATOR, Role.MANAGER)
    queue = adjudicate.read_queue(member.project, behind=A_MINUTE)
    if member.role != Role.MANAGER:
        queue = own_part(queue, member.project, by)
    filters = filters_of(request.query_params, member.role)
    queue = filtered(queue.part(in_state(queue, filters.state)), filters)
    pages = Paginator(range(len(queue)), PAGE)
    page = pages.get_page(request.query_params.get("page"))
    part = queue.part(np.array(list(page), dtype=np.int64))
    if member.role == Role.MANAGER:  # how far ratings are apart
        show_scores(part.tasks.tolist(), to=by, project=member.project)
    rows = rows_of(part, member)
    return Response({"count": pages.count, "pages": pages.num_pages, "adjudications": rows})


def filters_of(params: Mapping[str, str], role: str) -> Filters:
    """What an address asks for. Raises ValidationError."""
    asked = {name: params.get(name, "") for name in ("category", "field", "criterion", "state", "gap", "sort")}
    if asked["state"] and asked["state"] not in STATES:
        raise ValidationError({"state": _("expected %(known)s") % {"known": ", ".join(STATES)}})
    if asked["gap"] and role != Role.MANAGER:
        raise ValidationError({"gap": _("Only managers see how far ratings are apart.")})
    if asked["gap"] and whole_number(asked["gap"]) is None:
        raise ValidationError({"gap": _("expected a whole number")})
    sorts = [name for name in schema_cases.SORTS if role == Role.MANAGER or "gap" not in name]
    if asked["sort"] and asked["sort"] not in sorts:
        raise ValidationError({"sort": _("expected %(known)s") % {"known": ", ".join(sorts)}})
    return Filters(
        state=asked["state"],
        category=asked["category"] or None,
        field=asked["field"] or None,
        criterion=asked["criterion"],
        gap=whole_number(asked["gap"]) if asked["gap"] else None,
        sort=BY_AGE.get(asked["sort"], asked["sort"]),
    )


def rows_of(queue: Queue, member: Membership) -> list[dict[str, Any]]:
    people = {*queue.holders.tolist(), *queue.reserved_for.tolist()} - {0} if member.role == Role.MANAGER else set()
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "username")) if people else {}
    rows = []
    for place in range(len(queue)):
        since = int(queue.since[place])
        row = {
            "task": int(queue.tasks[place]),
            "adjudication": int(queue.cases[place]) or None,
            "query": queue.queries[place],
            "category": queue.categories[place],
            "field": queue.fields[place],
            "criteria": list(queue.criteria[place]),
            "state": queue.states[place],
            "since": date.fromordinal(since) if since else None,
            "reserved": int(queue.reserved_for[place]) == member.user_id,
        }
        if member.role == Role.MANAGER:
            row |= {
                "gap": int(queue.gaps[place]),
                "disputed": bool(queue.disputed[place]),
                "second": bool(queue.seconds[place]),
                "holder": names.get(int(queue.holders[place])),
                "reserved_for": names.get(int(queue.reserved_for[place])),
            }
        rows.append(row)
    return rows


@extend_schema(request=schema_cases.Reason, responses=NO_CONTENT | schema.BAD | schema.GONE)
@api_view(["POST"])
def skip(request: Request, pk: int) -> Response:
    """Leave the case to another adjudicator."""
    adjudicate.skip(case=pk, by=caller(request), reason=body_value(request.data, "reason"))
    return Response(status=204)


@extend_schema(request=schema_cases.HandOver, responses=NO_CONTENT | schema.BAD | schema.GONE)
@api_view(["POST"])
def hand_over(request: Request, pk: int) -> Response:
    """Reserve the case for another adjudicator."""
    to, note = (body_value(request.data, name) for name in ("to", "note"))
    adjudicate.hand_over(case=pk, by=caller(request), to=to, note=note)
    return Response(status=204)


@extend_schema(request=None, responses=NO_CONTENT | schema.BAD | schema.HIDDEN)
@api_view(["POST"])
def take_back(request: Request, pk: int) -> Response:
    """Take a case back: from whoever has it as a manager, or what you handed over while nobody holds it."""
    adjudicate.take_back(case=pk, by=caller(request))
    return Response(status=204)


@extend_schema(request=schema_cases.SendBack, responses=NO_CONTENT | schema.BAD | schema.GONE)
@api_view(["POST"])
def send_back(request: Request, pk: int) -> Response:
    """Return one annotator's work to them with a note; the case waits for their revision and returns to you."""
    annotator, note = (body_value(request.data, name) for name in ("annotator", "note"))
    adjudicate.send_back(case=pk, by=caller(request), annotator=annotator, note=note)
    return Response(status=204)


@extend_schema(request=None, responses=NO_CONTENT | schema.BAD | schema.GONE)
@api_view(["POST"])
def further(request: Request, pk: int) -> Response:
    """Ask for one more annotator; the case waits for them and returns to you."""
    adjudicate.ask_further(case=pk, by=caller(request))
    return Response(status=204)


@extend_schema(request=None, responses=NO_CONTENT | schema.BAD | schema.GONE)
@api_view(["POST"])
def call_back(request: Request, pk: int) -> Response:
    """Wait no longer for the annotator to whom the case was sent back, or for one more: it is in the queue again. For managers,
    and for whoever asked, to whom it returns."""
    adjudicate.call_back(case=pk, by=caller(request))
    return Response(status=204)


@extend_schema(request=None, responses=NO_CONTENT | schema.BAD | schema.GONE)
@api_view(["POST"])
def call_back_response(request: Request, pk: int) -> Response:
    """As the call for a case, by the number of the response: where a rule asked for one more annotator there is no case yet."""
    adjudicate.call_back_response(task=pk, by=caller(request))
    return Response(status=204)


@extend_schema(request=schema_cases.Reason, responses={201: schema_cases.DecidedCase} | schema.BAD | schema.GONE)
@api_view(["POST"])
def unusable(request: Request, pk: int) -> Response:
    """Mark the response unusable: it gets no label."""
    adjudicate.mark_unusable(case=pk, by=caller(request), reason=body_value(request.data, "reason"))
    return Response({"adjudication": pk}, status=201)


@extend_schema(request=schema_cases.Reason, responses={201: schema_cases.DecidedCase} | schema.BAD | schema.GONE)
@api_view(["POST"])
def reopen(request: Request, pk: int) -> Response:
    """Begin a new round of a decided case; the answer names it. For managers, and for whoever decided."""
    new = adjudicate.reopen(case=pk, by=caller(request), reason=body_value(request.data, "reason"))
    return Response({"adjudication": new.pk}, status=201)


@extend_schema(request=None, responses={200: schema_cases.DecidedCase} | schema.BAD | schema.GONE)
@api_view(["POST"])
def confirm(request: Request, pk: int) -> Response:
    """Let a decision stand although scores changed since. For managers."""
    adjudicate.confirm(case=pk, by=caller(request))
    return Response({"adjudication": pk})


@extend_schema(methods=["GET"], responses={200: schema_cases.Comments} | schema.HIDDEN)
@extend_schema(methods=["POST"], request=schema_cases.Text, responses={201: schema_cases.Comments} | schema.BAD | schema.HIDDEN)
@api_view(["GET", "POST"])
def comments(request: Request, pk: int) -> Response:
    """What was said of a decision, oldest first; POST adds a comment."""
    if request.method == "POST":
        adjudicate.comment(case=pk, by=caller(request), text=body_value(request.data, "text"))
    listed = adjudicate.comments_of(pk, caller(request))
    judged_by_others = Task.objects.filter(adjudications=pk).exclude(annotations__annotator=caller(request))
    for task in judged_by_others.select_related("project"):
        show_scores([task.pk], to=caller(request), project=task.project)
    shown = [
        {"id": number, "name": comment.name, "own": comment.own, "at": comment.at, "text": comment.text}
        for number, comment in enumerate(listed, 1)
    ]
    return Response({"comments": shown}, status=201 if request.method == "POST" else 200)
