"""What the figures of a scorer come to, as parts of a sentence: keys with numbers, which pages and the command put into words.

Each part has a tone: good, fair or bad. The verdict is as bad as its worst part. It is `clear` unless it hangs on what the labels
are too few to say; `needs` is about how many would say it.
"""

from typing import Any

from annotation.agreement.reasons import FEW_QUERIES
from annotation.agreement.thresholds import FEW_RESPONSES
from annotation.flow.check.report.enough import (
    GOOD_CORRELATION,
    LOW_CORRELATION,
    UNCLEAR,
    WHOLE_POINT,
    labels_needed,
    leniency_unclear,
    ranking_unclear,
)

TONES = ("good", "fair", "bad")
FAR = 0.2  # of r: with an interval that reaches so far from its middle, "as well as one annotator" would say nothing
CUSTOMARY_DIFFERENCE = 0.15  # of a standardised difference, customary too
FAVOURED = 0.1  # of standardised means, customary
ABOVE_FLOOR = 0.05  # of r: what reads a response has to be further above a guess that does not
MANY_MISSING = 0.05  # of the labels

Report = dict[str, Any]


def verdict(report: Report) -> Report:
    """Of a report with all its figures. `parts` may be empty only where nothing is scored."""
    if not report["scored"]:
        return {"tone": "bad", "clear": True, "needs": None, "parts": [{"key": "nothing_scored", "tone": "bad"}]}
    parts = [ranking(report), leniency(report["overall"])]
    unclear = any(part["key"] in UNCLEAR for part in parts)
    # A guess is compared with by values alone: of few labels that is chance, which condemns nobody.
    parts += [part | {"tone": "fair"} if unclear else part for part in against_guesses(report)]
    if report["overall"]["pearson"]["value"] is not None:  # a constant grows with nothing and favours nobody: the labels do
        parts += [*growing(report), *favoured(report)]
    if report["trained_on"] is not None and report["trained_on"] == report["release"] and report["split"] in ("train", "all"):
        parts.append({"key": "saw_labels", "tone": "bad"})
    if report["scored"] < (1 - MANY_MISSING) * report["labels"]:
        parts.append({"key": "many_without", "tone": "fair", "number": report["labels"] - report["scored"]})
    if report["scored"] < FEW_RESPONSES:
        parts.append({"key": "few_labels", "tone": "fair", "number": report["scored"]})
    needs = labels_needed(parts, report["scored"])
    if needs is not None:
        parts.append({"key": "needs_labels", "tone": "fair", "number": needs})
    tone = max((part["tone"] for part in parts), key=TONES.index)
    return {"tone": tone, "clear": tone == "bad" or not unclear, "needs": needs, "parts": parts}


def ranking(report: Report) -> Report:
    """Whether it ranks responses as well as one annotator; without annotators to compare with, by the correlation alone."""
    r = report["overall"]["pearson"]
    if r["value"] is None and report["baselines"]["shuffled"]["pearson"]["value"] is None:
        return {"key": "labels_alike", "tone": "fair"}
    if r["value"] is None:
        few = report["overall"]["bias"]["no_interval"] == FEW_QUERIES
        return {"key": "ranks_none", "tone": "fair" if few else "bad"}
    told = {"r": r["value"], "low": r["low"], "high": r["high"]}
    if r["low"] is not None and r["low"] <= 0 and r["high"] < GOOD_CORRELATION:
        return {"key": "ranks_by_chance", "tone": "bad", **told}
    people = report["people"]["against_others"]["mean"]
    difference = people["r_difference"]
    if difference["low"] is not None:
        told = {"r": people["r_scorer"]["value"], "people": people["r"]["value"]}
        if difference["high"] < 0:
            return {"key": "ranks_worse", "tone": "bad" if difference["value"] < -FAR else "fair", **told}
        if difference["low"] > 0:
            return {"key": "ranks_better", "tone": "good", **told}
        if (difference["high"] - difference["low"]) / 2 <= FAR:
            return {"key": "ranks_as_one", "tone": "good", **told}
    if unclear := ranking_unclear(r):
        return unclear
    told |= {"r": r["value"], "low": r["low"], "high": r["high"]}
    if r["value"] >= GOOD_CORRELATION:
        return {"key": "ranks_well", "tone": "good", **told}
    low = r["value"] < LOW_CORRELATION
    return {"key": "ranks_poorly" if low else "ranks_in_part", "tone": "bad" if low else "fair", **told}


def leniency(overall: Report) -> Report:
    """How far it is too lenient or too severe on the whole."""
    bias, standardised = overall["bias"], overall["standardised_difference"]["value"]
    value = bias["value"]
    if unclear := leniency_unclear(bias):
        return unclear
    by_chance = bias["low"] is not None and bias["low"] <= 0 <= bias["high"]
    small = abs(standardised if standardised is not None else value) <= CUSTOMARY_DIFFERENCE
    if by_chance or small or value == 0:
        return {"key": "no_bias", "tone": "good", "points": value}
    return {
        "key": "too_much" if value > 0 else "too_little",
        "tone": "bad" if abs(value) >= WHOLE_POINT else "fair",
        "points": abs(value),
    }


def against_guesses(report: Report) -> list[Report]:
    """Guesses that read nothing: always the mean label, and what is counted of a response."""
    parts = []
    errors, of_mean = report["overall"]["mse"]["value"], report["baselines"]["mean"]["mse"]["value"]
    if report["scored"] > 1 and errors > 0 and errors >= of_mean:
        parts.append({"key": "worse_than_mean", "tone": "bad", "mse": errors, "of_mean": of_mean})
    floor, r = report["floor"]["pearson"]["value"], report["overall"]["pearson"]["value"]
    if floor is not None and r is not None and floor > 0 and r - floor <= ABOVE_FLOOR:
        parts.append({"key": "no_better_than_counting", "tone": "bad", "r": r, "floor": floor})
    return parts


def growing(report: Report) -> list[Report]:
    """What the error grows with, beyond chance: how far off it is first, else which way."""
    parts = []
    for name in ("images", "length"):
        slope = report["subgroups"][name]["slope"]
        if slope["mae"]["beyond_chance"] and slope["mae"]["value"] > 0:
            parts.append({"key": f"errors_grow_with_{name}", "tone": "fair", "slope": slope["mae"]["value"]})
        elif slope["bias"]["beyond_chance"]:
            way = "more" if slope["bias"]["value"] > 0 else "less"
            parts.append({"key": f"{way}_with_{name}", "tone": "fair", "slope": slope["bias"]["value"]})
    return parts


def favoured(report: Report) -> list[Report]:
    """The systems that it places otherwise among the others than people do, beyond chance: the furthest in each direction."""
    systems = [
        kind
        for kind in report["subgroups"]["system"]["kinds"]
        if kind["bias_difference"]["beyond_chance"] and abs(kind["standardised"]["value"] or 0) > FAVOURED
    ]
    ordered = sorted(systems, key=lambda kind: kind["standardised"]["value"])
    parts = []
    if ordered and ordered[-1]["standardised"]["value"] > 0:
        parts.append(favour("favours", ordered[-1]))
    if ordered and ordered[0]["standardised"]["value"] < 0:
        parts.append(favour("disfavours", ordered[0]))
    return parts


def favour(key: str, kind: Report) -> Report:
    return {"key": key, "tone": "fair", "system": kind["value"], "points": abs(kind["bias_difference"]["value"])}
