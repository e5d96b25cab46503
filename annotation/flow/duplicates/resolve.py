"""Carries out what a manager decides on queries that may be the same: keep both, drop one, merge. A drop can be undone."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, Refused, ValidationError
from annotation.flow.overlap import fit_slots
from annotation.models import Assignment, Event, PossibleDuplicate, Project, Query, ReferenceAnswer, Response, Task, User

Verdict = PossibleDuplicate.Verdict


def decide(*, pair: PossibleDuplicate, verdict: Any, query: Any, by: User) -> PossibleDuplicate:
    """Keep both, merge into `query` or drop it, which is named by its id. Raises ValidationError, Refused."""
    if not isinstance(verdict, str) or verdict not in Verdict.values:
        raise ValidationError({"verdict": _("expected one of %(known)s") % {"known": ", ".join(Verdict.values)}})
    queries = {query.external_id: query for query in (pair.first, pair.second)}
    if verdict == Verdict.DIFFERENT:
        return keep(pair=pair, by=by)
    if not isinstance(query, str) or query not in queries:
        field = "into" if verdict == Verdict.MERGED else "query"
        raise ValidationError({field: _("expected one of %(known)s") % {"known": ", ".join(queries)}})
    if verdict == Verdict.MERGED:
        return merge(pair=pair, into=queries[query], by=by)
    drop(query=queries[query], by=by, pair=pair)
    pair.refresh_from_db()
    return pair


@transaction.atomic
def keep(*, pair: PossibleDuplicate, by: User) -> PossibleDuplicate:
    """The two are different: the pair is never offered again. Raises AlreadyDone."""
    pair = undecided(pair)
    settle(pair, Verdict.DIFFERENT, by, timezone.now())
    record_event(pair.project, Event.Verb.KEPT, by, queries=[pair.first.external_id, pair.second.external_id])
    return pair


@transaction.atomic
def drop(*, query: Query, by: User, pair: PossibleDuplicate | None = None) -> Query:
    """Take the query out of the study; its slots are not handed out any more. `pair` is the one that this decides, if any.

    Raises AlreadyDone, and Refused where people have begun to judge it.
    """
    if pair:
        pair = undecided(pair)
        if query not in (pair.first, pair.second):
            raise Refused(_("%(query)s is not of this pair.") % {"query": query})
    query = in_study(query)
    now = timezone.now()
    take_out(query, by, now)
    if pair:
        settle(pair, Verdict.DROPPED, by, now)
    record_event(query.project, Event.Verb.DROPPED, by, query=query.external_id)
    return query


@transaction.atomic
def merge(*, pair: PossibleDuplicate, into: Query, by: User) -> PossibleDuplicate:
    """The other query's responses become responses of `into`, and reference answers of levels that it lacks; then it is dropped.

    Raises AlreadyDone, and Refused where the categories differ or people have begun to judge what goes.
    """
    pair = undecided(pair)
    if into not in (pair.first, pair.second):
        raise Refused(_("%(query)s is not of this pair.") % {"query": into})
    other = pair.second if into == pair.first else pair.first
    if other.category != into.category:
        raise Refused(_("Queries of two categories are judged by two rubrics: drop one, or keep both."))
    refuse_begun(other)
    now = timezone.now()
    move_responses(other, into)
    levels = ReferenceAnswer.objects.filter(query=into).values_list("level", flat=True)
    ReferenceAnswer.objects.filter(query=other).exclude(level__in=list(levels)).update(query=into)
    take_out(other, by, now, merged_into=into)
    settle(pair, Verdict.MERGED, by, now)
    record_event(pair.project, Event.Verb.MERGED, by, query=other.external_id, into=into.external_id)
    return pair


@transaction.atomic
def restore(*, query: Query, by: User) -> Query:
    """Undo a drop: the query, its slots and the pair that it decided are as before. Raises AlreadyDone, Refused."""
    lock(query.project_id)
    query = Query.objects.select_related("project").get(pk=query.pk)
    if query.dropped_at is None:
        raise AlreadyDone(_("%(query)s is in the study.") % {"query": query})
    if query.merged_into_id:
        raise Refused(_("%(query)s was merged: its responses are another query's now.") % {"query": query})
    pairs = PossibleDuplicate.objects.of_query(query).filter(verdict=Verdict.DROPPED, decided_at=query.dropped_at)
    pairs.update(verdict="", decided_by=None, decided_at=None)
    Assignment.objects.of_query(query).filter(withdrawn_at=query.dropped_at).update(withdrawn_at=None)
    Query.objects.filter(pk=query.pk).update(dropped_at=None, dropped_by=None)
    # the overlap may be another since; what is in a pool stays there
    fit_slots(project=query.project, tasks=Task.objects.filter(response__query=query).to_be_judged())
    record_event(query.project, Event.Verb.RESTORED, by, query=query.external_id)
    query.refresh_from_db()
    return query


def lock(project: int) -> None:
    """Lock the project against other curators and loads, but not against rows that only refer to it, as claims write them."""
    Project.objects.select_for_update(no_key=True).get(pk=project)


def undecided(pair: PossibleDuplicate) -> PossibleDuplicate:
    """The pair as it is now, with its project locked. Raises AlreadyDone."""
    lock(pair.project_id)
    pair = PossibleDuplicate.objects.select_related("project", "first", "second").get(pk=pair.pk)
    if pair.verdict:
        raise AlreadyDone(_("This pair is decided already."))
    in_study(pair.first)
    in_study(pair.second)
    return pair


def in_study(query: Query) -> Query:
    """The query as it is now, with its project locked. Raises AlreadyDone where it was dropped."""
    lock(query.project_id)
    query = Query.objects.select_related("project").get(pk=query.pk)
    if query.dropped_at:
        raise AlreadyDone(_("%(query)s was dropped already.") % {"query": query})
    return query


def refuse_begun(query: Query) -> None:
    """Raise Refused where somebody holds or has submitted a slot of the query. Its slots stay locked against claims."""
    slots = list(Assignment.objects.of_query(query).select_for_update(of=("self",)).order_by("pk"))
    if any(slot.submitted_at for slot in slots):
        raise Refused(_("%(query)s has been judged: what people said of it is kept.") % {"query": query})
    if any(slot.annotator_id for slot in slots):
        raise Refused(_("Somebody is judging %(query)s: try again when it is given back.") % {"query": query})


def take_out(query: Query, by: User, now: datetime, merged_into: Query | None = None) -> None:
    refuse_begun(query)
    Assignment.objects.of_query(query).not_withdrawn().update(withdrawn_at=now)
    Query.objects.filter(pk=query.pk).update(dropped_at=now, dropped_by=by, merged_into=merged_into)
    query.refresh_from_db()


def move_responses(other: Query, into: Query) -> None:
    """Move each response with its own sample number where that is free, or else with the next free one."""
    taken = set(Response.objects.filter(query=into).values_list("system", "sample"))
    for response in Response.objects.filter(query=other).order_by("system", "sample"):
        sample = response.sample
        while (response.system, sample) in taken:
            sample += 1
        taken.add((response.system, sample))
        Response.objects.filter(pk=response.pk).update(query=into, sample=sample)


def settle(pair: PossibleDuplicate, verdict: Verdict, by: User, now: datetime) -> None:
    PossibleDuplicate.objects.filter(pk=pair.pk).update(verdict=verdict, decided_by=by, decided_at=now)
    pair.refresh_from_db()


def record_event(project: Project, verb: Event.Verb, by: User, **data: Any) -> None:
    Event.objects.create(project=project, verb=verb, by=by, data=data)
