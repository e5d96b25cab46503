"""The split of every query: those of earlier releases stay where they are, and check and test are drawn from the others."""

from collections.abc import Iterable, Mapping, Sequence, Set
from fractions import Fraction
from random import Random

from annotation.exporters.split.draw import draw
from annotation.exporters.split.groups import Group, Leak, Response, grouped, leaks, linked

TRAIN, CHECK, TEST = SPLITS = ("train", "check", "test")
Size = int | Fraction  # a number of responses, or a share of them
SHARE, MOST = Fraction(1, 5), 200


class TooLarge(Exception):
    """Nothing would be left to train on. Any sizes of check and test that together are at most `most` leave something; None where
    no sizes do."""

    def __init__(self, most: int | None) -> None:
        super().__init__(most)
        self.most = most


def target(size: Size | None, total: int) -> int:
    """The number of responses that a size asks for: by default a fifth of them all, at most 200. Halves are rounded up."""
    if isinstance(size, int):
        return size
    share = total * (SHARE if size is None else size)
    number = (2 * share.numerator + share.denominator) // (2 * share.denominator)
    return min(number, MOST) if size is None else number


def divide(
    *,
    responses: Mapping[str, Sequence[Response]],
    together: Iterable[tuple[str, str]],
    sizes: Mapping[str, Size | None],
    earlier: Mapping[str, str],
    hold_out: Set[str] = frozenset(),
    seed: int,
) -> dict[str, str]:
    """The split of every query.

    `responses` has each query's responses, `together` pairs of queries that stay together; they may name queries that have no
    response here. `sizes` has how many responses check and test should hold; check is drawn first. None stands for what the split
    had `earlier`, else for the default of check and nothing of test. `earlier` has the splits of queries in earlier releases:
    these keep them, with what stays together with them. Responses of the systems in `hold_out` do not train.
    Raises Leak, and TooLarge where nothing would be left to train on.
    """
    links = linked(together)
    groups = grouped(responses, links, hold_out)
    if earlier and (chains := list(leaks(groups, links, earlier))):
        raise Leak(chains)
    placed: dict[str, list[Group]] = {split: [] for split in SPLITS}
    pool: list[Group] = []
    for group in groups:
        splits = {earlier[query] for query in group.queries if query in earlier}
        (placed[splits.pop()] if splits else pool).append(group)
    total = number_of_responses(groups)
    amounts = {split: wanted(split, sizes.get(split), placed[split], total) for split in (CHECK, TEST)}
    if not trains([*placed[TRAIN], *pool]):
        raise TooLarge(None)
    random = Random(seed)
    for split, amount in amounts.items():
        taken = draw(pool=pool, has=placed[split], whole=groups, amount=amount, random=random)
        if not trains([*placed[TRAIN], *without(pool, taken)]):
            spared = smallest_that_trains(pool)
            refuse_more_than(total - spared.size, amounts, placed)
            taken = draw(pool=without(pool, [spared]), has=placed[split], whole=groups, amount=amount, random=random)
        pool = without(pool, taken)
        placed[split] += taken
    placed[TRAIN] += pool
    return dict(sorted((query, split) for split in SPLITS for group in placed[split] for query in group.queries))


def wanted(split: str, size: Size | None, placed: Sequence[Group], total: int) -> int:
    if size is None and (placed or split == TEST):
        return number_of_responses(placed)
    return target(size, total)


def refuse_more_than(most: int, amounts: Mapping[str, int], placed: Mapping[str, Sequence[Group]]) -> None:
    if sum(max(amount, number_of_responses(placed[split])) for split, amount in amounts.items()) > most:
        raise TooLarge(most)


def number_of_responses(groups: Iterable[Group]) -> int:
    return sum(group.size for group in groups)


def trains(groups: Iterable[Group]) -> bool:
    return any(group.trains for group in groups)


def smallest_that_trains(groups: Iterable[Group]) -> Group:
    return min((group for group in groups if group.trains), key=lambda group: (group.size, group.queries))


def without(groups: Iterable[Group], taken: Iterable[Group]) -> list[Group]:
    gone = {group.queries for group in taken}
    return [group for group in groups if group.queries not in gone]
