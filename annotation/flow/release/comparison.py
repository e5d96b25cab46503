"""Two releases held against each other, label by label, as plain rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

Key = tuple[str, str, int, str]  # query, system, sample, slug of the rubric
VALUES = ("overall", "score", "criteria", "how")  # what the ratings and decisions make; the split and the rubric are beside it


@dataclass(frozen=True)
class LabelRow:
    """A label as a release froze it. `criteria` has a value, None (not applicable), or for a penalty whether it applies."""

    id: str
    system: str
    sample: int
    rubric: str  # SLUG@VERSION
    split: str
    overall: float
    score: int
    how: str
    criteria: Mapping[str, float | bool | None]

    @property
    def key(self) -> Key:
        return (self.id, self.system, self.sample, self.rubric.partition("@")[0])

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name not in ("id", "system", "sample")}


def compare_labels(
    old: Iterable[LabelRow],
    new: Iterable[LabelRow],
    *,
    since: Mapping[Key, Iterable[str]],
    everywhere: Iterable[str],
    left_out: Mapping[Key, str],
) -> dict[str, Any]:
    """Which labels are new, gone or changed, what of them, and why; those that are the same are only counted.

    `since` has what happened to each response between the two releases, and `everywhere` what happened to all labels (see
    annotation.flow.release.compare.WHY). `left_out` has the reason why a response is left out of that of the two releases in
    which it has no label. A difference has each reason that can be behind it, and none where the two say nothing of it.
    """
    before, after = ({row.key: row for row in rows} for rows in (old, new))
    rows = []
    for key in sorted(before.keys() | after.keys()):
        was, is_now = before.get(key), after.get(key)
        what = different(was, is_now) if was and is_now else []
        if was and is_now and not what:
            continue
        change = "changed" if was and is_now else "gone" if was else "new"
        why = reasons(what, change, list(since.get(key, ())), list(everywhere))
        rows.append(
            {
                **dict(zip(("id", "system", "sample"), key[:3], strict=True)),
                "change": change,
                "what": what,
                "why": why,
                "left_out": None if change == "changed" else left_out.get(key),
                "old": was.values() if was else None,
                "new": is_now.values() if is_now else None,
            }
        )
    changes = Counter(row["change"] for row in rows)
    same = len(before.keys() & after.keys()) - changes["changed"]
    return {
        "counts": {"same": same} | {change: changes[change] for change in ("changed", "new", "gone")},
        "what": counted(rows, "what"),
        "why": counted(rows, "why"),
        "labels": rows,
    }


def different(old: LabelRow, new: LabelRow) -> list[str]:
    return [name for name in ("rubric", "split", *VALUES) if getattr(old, name) != getattr(new, name)]


def reasons(what: list[str], change: str, since: list[str], everywhere: list[str]) -> list[str]:
    """Sorted. A split changes with the division, and with nothing that happened to the response; a label that comes or goes may
    do so for both."""
    found = {"rubric"} & set(what)
    if "split" in what:
        found.add("split")
    if change != "changed" or set(what) - {"split"}:
        found |= {*since, *everywhere}
    return sorted(found)


def counted(rows: list[dict[str, Any]], name: str) -> dict[str, int]:
    return dict(sorted(Counter(value for row in rows for value in row[name]).items()))
