"""For managers: pairs of queries that may be the same, side by side, to be kept, merged or dropped."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import islice
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annotation.blind import images_by_hash, shown_blocks
from annotation.flow import curate
from annotation.flow.errors import Refused
from annotation.flow.similarity import WORD
from annotation.models import Assignment, Image, PossibleDuplicate, Project, Query, Response, Role
from annotation.permissions import membership_or_404
from rubrics.markdown import with_marks

PAGE = 20
MOST_WORDS = 300  # of a text that are shown and compared
PIECE = re.compile(rf"(?:\A[\W_]*)?({WORD.pattern})[\W_]*")


class Side(NamedTuple):
    """One query of a pair. `parts` is its text, cut where it begins or ends to differ from the other's."""

    query: Query
    parts: list[tuple[str, bool]]
    cut: bool
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
def listing(request: HttpRequest, slug: str) -> HttpResponse:
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
    return render(request, "annotation/duplicates.html", context)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    pair = find(request, pk)
    verdict = "merged" if "into" in request.POST else "dropped" if "drop" in request.POST else request.POST.get("verdict")
    named = request.POST.get("into") or request.POST.get("drop")
    try:
        curate.decide(pair=pair, verdict=verdict, query=named, by=request.user)  # type: ignore[arg-type]
    except Refused as error:
        return answer(request, pk, fault=str(error))
    return answer(request, pk)


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the drop that the pair led to."""
    pair = find(request, pk)
    try:
        if pair.gone is None:
            raise Refused(_("Nothing was dropped for this pair."))
        curate.restore(query=pair.gone, by=request.user)  # type: ignore[arg-type]
    except Refused as error:
        return answer(request, pk, fault=str(error))
    return answer(request, pk)


def find(request: HttpRequest, pk: int) -> PossibleDuplicate:
    return get_object_or_404(PossibleDuplicate.objects.for_manager(request.user).with_queries(), pk=pk)


def answer(request: HttpRequest, pk: int, fault: str = "") -> HttpResponse:
    """The pair as it is now, in its place; without htmx the list that it came from."""
    pair = find(request, pk)
    if not request.htmx:  # type: ignore[attr-defined]
        messages.add_message(request, messages.ERROR if fault else messages.SUCCESS, fault or told(pair))
        return redirect(f"{reverse('duplicates', args=[pair.project.slug])}?{request.POST.get('back', '')}")
    [card] = cards(pair.project, [pair])
    context = counts(pair.project) | {"card": card, "fault": fault, "told": told(pair), "answered": True}
    return render(request, "annotation/duplicates.html#card", context)


def counts(project: Project) -> dict[str, int]:
    pairs = PossibleDuplicate.objects.filter(project=project)
    return {"waiting": pairs.undecided().count(), "settled": pairs.decided().count()}


def told(pair: PossibleDuplicate) -> str:
    """What was found of the pair, in words."""
    names = {"first": pair.first, "second": pair.second, "gone": pair.gone}
    if pair.verdict == PossibleDuplicate.Verdict.DIFFERENT:
        return _("%(first)s and %(second)s are different: both are kept.") % names
    if pair.verdict == PossibleDuplicate.Verdict.DROPPED:
        return _("%(gone)s was dropped.") % names
    if pair.verdict == PossibleDuplicate.Verdict.MERGED:
        return _("%(gone)s was merged into %(into)s.") % (names | {"into": pair.gone and pair.gone.merged_into})
    return _("%(first)s and %(second)s are in the study again.") % names


def cards(project: Project, pairs: list[PossibleDuplicate]) -> Iterator[Card]:
    """Three queries, whatever the number of pairs."""
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
                parts,
                len(found) > MOST_WORDS,
                pictures(query, images),
                responses.get(query.pk, 0),
                *judged.get(query.pk, (0, False)),
            )
            for query, parts, found in zip((pair.first, pair.second), texts, pieces, strict=True)
        ]
        yield Card(pair, list(in_words(pair.reasons)), sides)


def pictures(query: Query, images: dict[str, Image]) -> list[dict[str, Any]]:
    return [block for block in shown_blocks(query.blocks, images) if block["image"]]


def pieces_of(query: Query) -> list[str]:
    """The words of the text, each with what follows it up to the next."""
    text = with_marks("\n\n".join(block["text"] for block in query.blocks if block["text"]))
    return [found.group() for found in islice(PIECE.finditer(text), MOST_WORDS + 1)]


def differing(texts: Iterable[list[str]]) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts in parts, each with whether it differs from the other text; case and punctuation do not count."""
    first, second = texts
    keys = [[PIECE.sub(r"\1", piece).casefold() for piece in pieces] for pieces in (first, second)]
    steps = SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    return (
        [("".join(first[start:end]), kind != "equal") for kind, start, end, _from, _to in steps if end > start],
        [("".join(second[start:end]), kind != "equal") for kind, _from, _to, start, end in steps if end > start],
    )


def in_words(reasons: dict[str, Any]) -> Iterator[str]:
    if "text" in reasons:
        yield _("%(percent)d %% of the text is the same") % {"percent": 100 * reasons["text"]}
    if "source" in reasons:
        yield _("the same source") if reasons["source"] == "same" else _("the same source but for the address's query string")
    if "image" in reasons:
        bits = reasons["image"]
        near = ngettext(
            "an image is nearly the same (%(bits)d of 64 bits differs)",
            "an image is nearly the same (%(bits)d of 64 bits differ)",
            bits,
        )
        yield near % {"bits": bits} if bits else _("an image is the same")
