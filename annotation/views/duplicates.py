"""For managers: possible duplicates among the queries, side by side, to be kept, merged or dropped."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotation.access.blind import images_by_hash, shown_blocks
from annotation.access.membership import membership_or_404
from annotation.errors import Refused
from annotation.flow.duplicates import resolve
from annotation.models import Assignment, Image, PossibleDuplicate, Project, Query, Response, Role
from annotation.views.requests import UserRequest
from annotation.views.word_diff import MOST_WORDS, differing, in_words, pieces_of

PAGE = 20


class Side(NamedTuple):
    """One query of a pair. `parts` are the pieces of its text, each with whether it differs from the other query's text."""

    query: Query
    parts: list[tuple[str, bool]]
    images: list[dict[str, Any]]
    responses: int
    judgements: int
    begun: bool


class Card(NamedTuple):
    pair: PossibleDuplicate
    reasons: list[str]
    sides: list[Side]

    @property
    def open(self) -> bool:
        return not self.pair.verdict and not any(side.query.dropped_at for side in self.sides)

    @property
    def mergeable(self) -> bool:
        first, second = self.sides
        return first.query.category == second.query.category

    @property
    def choices(self) -> list[tuple[Side, Side]]:
        """Each side with the other."""
        first, second = self.sides
        return [(first, second), (second, first)]


@login_required
@require_safe
def listing(request: UserRequest, slug: str) -> HttpResponse:
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    pairs = PossibleDuplicate.objects.filter(project=membership.project)
    decided = request.GET.get("show") == "decided"
    chosen = pairs.decided().newest_first() if decided else pairs.undecided().strongest_first()
    page = Paginator(chosen.with_queries(), PAGE).get_page(request.GET.get("page"))
    context = counts(membership.project) | {
        "membership": membership,
        "decided": decided,
        "page": page,
        "cards": list(cards(membership.project, list(page.object_list))),
    }
    return render(request, "annotation/duplicates/duplicates.html", context)


@login_required
@require_POST
def decide(request: UserRequest, pk: int) -> HttpResponse:
    pair = own_pair(request, pk)
    verdict = "merged" if "into" in request.POST else "dropped" if "drop" in request.POST else request.POST.get("verdict")
    query_id = request.POST.get("into") or request.POST.get("drop")
    try:
        resolve.decide(pair=pair, verdict=verdict, query=query_id, by=request.user)
    except Refused as error:
        return answer(request, pk, fault=str(error))
    return answer(request, pk)


@login_required
@require_POST
def restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo the drop that the pair led to."""
    pair = own_pair(request, pk)
    try:
        if pair.dropped_query is None:
            raise Refused(_("Nothing was dropped for this pair."))
        resolve.restore(query=pair.dropped_query, by=request.user)
    except Refused as error:
        return answer(request, pk, fault=str(error))
    return answer(request, pk)


def own_pair(request: UserRequest, pk: int) -> PossibleDuplicate:
    return get_object_or_404(PossibleDuplicate.objects.for_manager(request.user).with_queries(), pk=pk)


def answer(request: UserRequest, pk: int, fault: str = "") -> HttpResponse:
    """For htmx the pair in its new state; without htmx the list that the request came from."""
    pair = own_pair(request, pk)
    if not request.htmx:
        messages.add_message(request, messages.ERROR if fault else messages.SUCCESS, fault or outcome(pair))
        return redirect(f"{reverse('duplicates', args=[pair.project.slug])}?{request.POST.get('back', '')}")
    [card] = cards(pair.project, [pair])
    context = counts(pair.project) | {"card": card, "fault": fault, "told": outcome(pair), "answered": True}
    return render(request, "annotation/duplicates/duplicates.html#card", context)


def counts(project: Project) -> dict[str, int]:
    pairs = PossibleDuplicate.objects.filter(project=project)
    return {"waiting": pairs.undecided().count(), "settled": pairs.decided().count()}


def outcome(pair: PossibleDuplicate) -> str:
    """The verdict on the pair as a sentence."""
    names = {"first": pair.first, "second": pair.second, "gone": pair.dropped_query}
    if pair.verdict == PossibleDuplicate.Verdict.DIFFERENT:
        return _("%(first)s and %(second)s are different: both are kept.") % names
    if pair.verdict == PossibleDuplicate.Verdict.DROPPED:
        return _("%(gone)s was dropped.") % names
    if pair.verdict == PossibleDuplicate.Verdict.MERGED:
        return _("%(gone)s was merged into %(into)s.") % (names | {"into": pair.dropped_query and pair.dropped_query.merged_into})
    return _("%(first)s and %(second)s are in the study again.") % names


def cards(project: Project, pairs: list[PossibleDuplicate]) -> Iterator[Card]:
    """A card per pair, with three database queries for any number of pairs."""
    queries = {query.pk: query for pair in pairs for query in (pair.first, pair.second)}
    images = images_by_hash(project.pk, [query.blocks for query in queries.values()])
    responses = dict(Response.objects.filter(query__in=queries).values_list("query").annotate(Count("pk")))
    slots = Assignment.objects.filter(task__response__query__in=queries).values("task__response__query")
    begun = slots.annotate(begun=Count("annotator"), submitted=Count("pk", filter=Q(submitted_at__isnull=False)))
    judged = {row["task__response__query"]: (row["submitted"], row["begun"] > 0) for row in begun}
    for pair in pairs:
        pieces = [pieces_of(query) for query in (pair.first, pair.second)]
        texts = differing([part[:MOST_WORDS] for part in pieces])
        sides = [
            Side(
                query,
                [*parts, ("…", False)] if len(words) > MOST_WORDS else parts,
                pictures(query, images),
                responses.get(query.pk, 0),
                *judged.get(query.pk, (0, False)),
            )
            for query, parts, words in zip((pair.first, pair.second), texts, pieces, strict=True)
        ]
        yield Card(pair, list(in_words(pair.reasons)), sides)


def pictures(query: Query, images: dict[str, Image]) -> list[dict[str, Any]]:
    return [block for block in shown_blocks(query.blocks, images) if block["image"]]
