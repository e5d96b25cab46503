"""The verdict in the reader's language: a sentence that somebody who knows no statistics understands."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

UNCLEAR = gettext_lazy("Too few labels to say")
TONES = {
    "good": gettext_lazy("Fit for use"),
    "fair": gettext_lazy("Usable with care"),
    "bad": gettext_lazy("Not fit for use"),
}
PARTS = {
    "nothing_scored": gettext_lazy("has scored none of the labelled responses"),
    "labels_alike": gettext_lazy("cannot be said to rank responses: the labels are too few or all the same"),
    "ranks_none": gettext_lazy("gives every response the same score, and so ranks none"),
    "ranks_by_chance": gettext_lazy("ranks responses no better than chance"),
    "ranks_worse": gettext_lazy("ranks responses less well than one annotator (r %(r).2f against %(people).2f)"),
    "ranks_better": gettext_lazy("ranks responses better than one annotator (r %(r).2f against %(people).2f)"),
    "ranks_as_one": gettext_lazy("ranks responses about as well as one annotator (r %(r).2f against %(people).2f)"),
    "ranks_well": gettext_lazy("ranks responses much as the labels do (r %(r).2f)"),
    "ranks_in_part": gettext_lazy("ranks responses only in part as the labels do (r %(r).2f)"),
    "ranks_poorly": gettext_lazy("hardly ranks responses as the labels do (r %(r).2f)"),
    "ranks_unclear": gettext_lazy("may rank responses well or hardly at all (r %(r).2f, 95 %% from %(low).2f to %(high).2f)"),
    "ranks_without_interval": gettext_lazy(
        "may rank responses well or hardly at all (r %(r).2f, of too few queries for an interval)"
    ),
    "no_bias": gettext_lazy("gives about as many points as people on the whole"),
    "too_much": gettext_lazy("gives %(points).1f points too much"),
    "too_little": gettext_lazy("gives %(points).1f points too little"),
    "bias_unclear": gettext_lazy(
        "may give too many points, too few or neither (bias %(points)+.1f, 95 %% from %(low)+.1f to %(high)+.1f)"
    ),
    "bias_without_interval": gettext_lazy(
        "may give too many points, too few or neither (bias %(points)+.1f, of too few queries for an interval)"
    ),
    "worse_than_mean": gettext_lazy(
        "is further from the labels than always saying their mean (MSE %(mse).2f against %(of_mean).2f)"
    ),
    "no_better_than_counting": gettext_lazy(
        "tells no more than a guess from length and number of images, which reads nothing (r %(r).2f against %(floor).2f)"
    ),
    "errors_grow_with_images": gettext_lazy("its errors grow with the number of images"),
    "errors_grow_with_length": gettext_lazy("its errors grow with the length of a response"),
    "more_with_images": gettext_lazy("gives more, compared with people, the more images there are"),
    "less_with_images": gettext_lazy("gives less, compared with people, the more images there are"),
    "more_with_length": gettext_lazy("gives more, compared with people, the longer a response is"),
    "less_with_length": gettext_lazy("gives less, compared with people, the longer a response is"),
    "needs_labels": gettext_lazy("would need about %(number)d labels, of different queries, before that can be said"),
    "saw_labels": gettext_lazy("was trained on some of these very labels, so that the figures flatter it"),
    "favours": gettext_lazy("favours %(system)s by %(points).1f points over the other systems"),
    "disfavours": gettext_lazy("puts %(system)s %(points).1f points lower than the other systems"),
}


def in_words(verdict: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each part of a verdict: its tone and its words."""
    return [(part["tone"], words(part)) for part in verdict["parts"]]


def words(part: Mapping[str, Any]) -> str:
    if part["key"] == "many_without":
        return ngettext(
            "leaves %(number)s labelled response without a score",
            "leaves %(number)s labelled responses without a score",
            part["number"],
        ) % {"number": part["number"]}
    if part["key"] == "few_labels":
        return ngettext(
            "was checked on %(number)s label, which is few", "was checked on %(number)s labels, which is few", part["number"]
        ) % {"number": part["number"]}
    return str(PARTS[part["key"]]) % part


def sentence(verdict: Mapping[str, Any]) -> str:
    """The parts as one sentence, without the scorer's name before it."""
    return "; ".join(text for _tone, text in in_words(verdict))


def headline(verdict: Mapping[str, Any]) -> str:
    return str(TONES[verdict["tone"]] if verdict["clear"] else UNCLEAR)
