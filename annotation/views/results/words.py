"""What the results say, in sentences of the reader's language."""

from collections.abc import Iterator
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation.flow.results.report import FEW
from annotation.views.agreement.labels import REASONS
from annotation.views.release.words import REASONS as LEFT_OUT

Row = dict[str, Any]
MOST_STEPS = 4


def sentences(headline: Row) -> list[str]:
    """Who is ahead of whom, the weakest criterion, and who answered a part; the first is the finding."""
    steps = headline["steps"]
    first = list(map(step, steps[:1]))
    if headline["beyond"]:
        beyond = further(steps[0]["first"], headline["beyond"])
        first.insert(1 if steps[0]["beyond_chance"] else 0, beyond)
    return [
        *first,
        *map(step, steps[1:MOST_STEPS]),
        *map(weakest, headline["weakest"]),
        *parts(headline["part"]),
    ]


def step(row: Row) -> str:
    value = row["value"]
    if value is None:
        told = {name: row[name] for name in ("first", "second")}
        return _("%(first)s and %(second)s cannot be compared: no query has a label for both.") % told
    first, second = ("second", "first") if value < 0 else ("first", "second")
    told = {"first": row[first], "second": row[second], "points": points(abs(value)), **ends(row, turned=value < 0)}
    if row["low"] is None:
        text = _("%(first)s is ahead of %(second)s by %(points)s points; how sure that is cannot be said: %(reason)s.")
        return text % (told | {"reason": reason(row)})
    if not row["beyond_chance"] and (row["low"] > 0 or row["high"] < 0):
        text = _(
            "%(first)s and %(second)s are not told apart: %(points)s points (%(low)s to %(high)s) may be chance among so many"
            " differences."
        )
    elif not row["beyond_chance"]:
        text = _("%(first)s and %(second)s are not told apart: %(points)s points (%(low)s to %(high)s) may be chance.")
    elif value < 0:
        text = _("On the queries of both, %(first)s is ahead of %(second)s by %(points)s points (%(low)s to %(high)s).")
    else:
        text = _("%(first)s is ahead of %(second)s by %(points)s points (%(low)s to %(high)s).")
    return text % told


def ends(row: Row, *, turned: bool) -> dict[str, str]:
    """Of the interval, of the difference the other way round where it is turned."""
    if row["low"] is None:
        return {}
    low, high = (-row["high"], -row["low"]) if turned else (row["low"], row["high"])
    return {"low": points(low), "high": points(high)}


def further(first: str, others: list[str]) -> str:
    """Of whom else the first system is ahead."""
    return _("%(first)s is ahead of %(others)s beyond chance.") % {"first": first, "others": ", ".join(others)}


def reason(row: Row) -> str:
    return str(REASONS.get(row["no_interval"], row["no_interval"]))


def points(number: float) -> str:
    return str(floatformat(number, 1))


def weakest(row: Row) -> str:
    told = {"criterion": row["title"], "rubric": row["rubric_title"]}
    if row["of_every_system"]:
        return _("%(rubric)s: every system is weakest in %(criterion)s.") % told
    return _("%(rubric)s: the systems together are weakest in %(criterion)s.") % told


def parts(rows: list[Row]) -> list[str]:
    """A sentence on whoever left queries unanswered, however many they are."""
    if len(rows) < 2:
        return list(map(part, rows))
    text = _("%(systems)s left queries unanswered (how many in brackets): their figures are of those that they answered.")
    return [text % {"systems": ", ".join(f"{row['system']} ({row['unanswered']})" for row in rows)}]


def part(row: Row) -> str:
    text = ngettext(
        "%(system)s left %(n)s query unanswered: its figures are of those that it answered.",
        "%(system)s left %(n)s queries unanswered: its figures are of those that it answered.",
        row["unanswered"],
    )
    return text % {"system": row["system"], "n": row["unanswered"]}


def of_scorer(scorer: Row) -> list[str]:
    """What the scores alone would say, what both together are worth, and what has no part in it."""
    used = [row for row in scorer["systems"] if row["both"]["value"] is not None and row["scores"]["value"] is not None]
    told = []
    if used:
        off = sum(row["scores"]["value"] - row["both"]["value"] for row in used) / len(used)
        text = (
            _("The scores alone lie %(points)s points above.") if off >= 0 else _("The scores alone lie %(points)s points below.")
        )
        told.append(text % {"points": points(abs(off))})
        worth = floatformat(sum(row["worth"] for row in used) / len(used), 0)
        told.append(_("Both together are as sure as %(n)s more labels per system would be, on average.") % {"n": worth})
    if scorer["seen"]:
        told.append(
            ngettext(
                "%(n)s response of a train split has no part in this table: all labels together, above, may be surer.",
                "%(n)s responses of train splits have no part in this table: all labels together, above, may be surer.",
                scorer["seen"],
            )
            % {"n": scorer["seen"]}
        )
    if scorer["awaiting"]:
        told.append(
            ngettext(
                "Nothing is put together while %(n)s judged response waits for its label: those are the harder ones.",
                "Nothing is put together while %(n)s judged responses wait for their labels: those are the harder ones.",
                scorer["awaiting"],
            )
            % {"n": scorer["awaiting"]}
        )
    return told


def chance(p: float | None) -> str:
    if p is None:
        return "–"
    return f"< {floatformat(0.001, 3)}" if p < 0.001 else str(floatformat(p, 3))


def warnings(report: Row) -> Iterator[str]:
    about = report["labels"]
    for row in about["undefined"]:
        told = {"rubric": row["rubric"], "reason": REASONS.get(row["reason"], row["reason"])}
        yield _("There are no fair labels under %(rubric)s: %(reason)s.") % told
    for slug in about["mixed"]:
        yield _("Several versions of the rubric %(slug)s are together in the figures over all criteria.") % {"slug": slug}
    if about["pool"]:
        yield of_pool(about["pool"])
    few = [row["system"] for row in report["systems"] if 0 < row["overall"]["n"] < FEW]
    if few:
        told = {"systems": ", ".join(few), "few": FEW}
        yield (
            _(
                "Fewer than %(few)s labels: %(systems)s. Of so few, a value says little: the true one may lie anywhere in its"
                " interval."
            )
            % told
        )


def of_pool(pool: Row) -> str:
    """Whether the figures are of the pool from which samples were drawn, or why they are of the labelled responses alone."""
    if pool["undrawn"]:
        text = ngettext(
            "%(n)s label is of no sample: the figures are of the labelled responses, not of the pool.",
            "%(n)s labels are of no sample: the figures are of the labelled responses, not of the pool.",
            pool["undrawn"],
        )
        return text % {"n": pool["undrawn"]}
    if pool["missing"]:
        text = _("No label yet from %(strata)s: the figures are of the labelled responses, not of the pool.")
        return text % {"strata": "; ".join(pool["missing"])}
    told = {"labels": pool["labelled"], "pool": pool["pool"], "effective": floatformat(pool["effective"], 0)}
    text = _(
        "The figures are weighted to the pool of %(pool)s responses, from which the %(labels)s labelled ones were drawn; they "
        "tell as much as %(effective)s of equal weight."
    )
    return text % told


def left_out(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Why responses have no label, with how many they are."""
    return [(str(LEFT_OUT.get(reason, reason)), number) for reason, number in counts.items() if number]


def picture(name: str) -> str:
    titles = {"systems": _("Systems"), "differences": _("Differences"), "category": _("Categories"), "field": _("Fields")}
    return titles.get(name, name)
