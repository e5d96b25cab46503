"""The division of the labelled queries into train, check and test: what stays together, and what is refused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.exporters.split import CHECK, TEST, Leak, Response, TooLarge, contents, divide, target
from annotation.flow.release.options import Options
from annotation.flow.release.split.earlier import Earlier, read_earlier
from annotation.models import PossibleDuplicate, Project

NAMED = 10  # leaks in a message

Responses = Mapping[str, Sequence[Response]]
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Division:
    """The split of each query, and what each split holds (`contents` of annotation.exporters.split).

    `split_from` is the version of the release whose split this one keeps; None where options and seed alone give the same.
    `newest` is the version of the newest release when this was divided, 0 for none.
    """

    of_query: Mapping[str, str]
    contents: Mapping[str, Mapping[str, Any]]
    split_from: int | None
    newest: int


def division_of(project: Project, responses: Responses, sharing: Iterable[tuple[str, str]], options: Options) -> Division:
    """`sharing` has the pairs of queries that share an image. Raises Refused where the release would leak, or would leave
    nothing to train on."""
    pairs = [*sharing, *possible_duplicates(project)]
    earlier = read_earlier(project, options)
    refuse_nothing_new(project, responses, earlier, options)
    try:
        splits = divided(responses, pairs, earlier.queries, options)
    except Leak as leak:
        raise Refused(leak_message(leak, earlier)) from leak
    except TooLarge as too_large:
        raise Refused(too_large_message(too_large, responses)) from too_large
    stays = bool(earlier.queries) and splits != divided_anew(responses, pairs, options)
    return Division(
        of_query=splits,
        contents=contents(responses, splits, frozenset(options.hold_out)),
        split_from=earlier.version if stays else None,
        newest=earlier.newest,
    )


def possible_duplicates(project: Project) -> Pairs:
    """The pairs of queries about which nobody has said yet that they are different."""
    pairs = PossibleDuplicate.objects.filter(project=project).undecided()
    return list(pairs.values_list("first__external_id", "second__external_id"))


def divided(responses: Responses, pairs: Pairs, earlier: Mapping[str, str], options: Options) -> dict[str, str]:
    return divide(
        responses=responses,
        together=pairs,
        sizes={CHECK: options.check, TEST: options.test},
        earlier=earlier,
        hold_out=frozenset(options.hold_out),
        seed=options.seed,
    )


def divided_anew(responses: Responses, pairs: Pairs, options: Options) -> dict[str, str] | None:
    """As if there were no earlier release; None where nothing would be left to train on."""
    try:
        return divided(responses, pairs, {}, options)
    except TooLarge:
        return None


def refuse_nothing_new(project: Project, responses: Responses, earlier: Earlier, options: Options) -> None:
    """Raise Refused where a split should be drawn that earlier releases lack, but every query was in one of them."""
    if options.check_from_later and not earlier.newest:
        raise Refused(_("check-from-later: %(project)s has no earlier release") % {"project": project.slug})
    if not responses.keys() <= earlier.queries.keys():
        return
    if options.check_from_later:
        raise Refused(_("check-from-later: every labelled query was in an earlier release"))
    total = sum(map(len, responses.values()))
    for name, split, size in (("check-size", CHECK, options.check), ("test-size", TEST, options.test)):
        if size is not None and target(size, total) and split not in earlier.queries.values():
            raise Refused(
                _(
                    "%(option)s: every labelled query was in release %(version)s, and none of them in its split %(split)s; "
                    "new-split divides all of them anew"
                )
                % {"option": name, "version": earlier.version, "split": split}
            )


def leak_message(leak: Leak, earlier: Earlier) -> str:
    """Names the queries of each chain, with the splits in which the first and the last were."""
    chains = "; ".join(
        " – ".join(f"{query} ({earlier.queries[query]})" if query in earlier.queries else query for query in chain)
        for chain in leak.chains[:NAMED]
    )
    return _(
        "These queries were in different splits of earlier releases, but share an image or may be duplicates: %(queries)s. "
        "Say that they are different, drop one of them, or divide all queries anew (new-split)."
    ) % {"queries": chains + " …" * (len(leak.chains) > NAMED)}


def too_large_message(too_large: TooLarge, responses: Responses) -> str:
    if too_large.most is None:
        return _(
            "Nothing is left to train on: every labelled response belongs to the check or test split of an earlier release, "
            "or is by a system that is held out."
        )
    return _(
        "check-size: nothing would be left to train on; of %(total)s labelled responses, check and test together can hold "
        "at most %(most)s"
    ) % {"total": sum(map(len, responses.values())), "most": too_large.most}
