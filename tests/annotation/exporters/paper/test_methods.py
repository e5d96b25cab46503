"""The paragraph: what differs from report to report. fixtures/paper/ has the whole of it for one report."""

from typing import Any

import pytest

from annotation.exporters.paper.methods import methods
from tests.annotation.exporters.paper.report import SA, context, figure, paragraph_from, row

BARS = "The customary bars for alpha, .800 for reliable and .667 for tentative conclusions (Krippendorff, 2004), are read on the "
FOR_THESE = "They hold for these annotators and say nothing of others."


def test_one_of_each_is_in_the_singular_and_what_is_undefined_has_its_reason() -> None:
    alone = figure(None, reason="only one annotator has rated")
    rows = [row("text", alone), row("method", alone), row("overall", alone, "overall", icc_mean=alone)]
    assert methods(rows, context(responses=0, queries=0, annotators=1, judgements=1), "text") == (
        "In the study “Pilot & more”, one annotator gave one first judgement, blind to the systems' names; no response has two. "
        "Each criterion was scored on a scale of six levels, 1 to 6. Agreement is that of these first judgements alone, "
        "without revisions, judgements asked for after a dispute or adjudicated scores, and is given as Krippendorff's alpha "
        "(Hayes and Krippendorff, 2007), ordinal for criteria and interval for the overall score. Beside it stands the "
        "intraclass correlation (ICC) for absolute agreement, of the mean rating, from the variance components of responses, "
        "annotators and residual (ten Hove et al., 2022). The ICC of the mean says how reliable the mean of first judgements is, "
        f"not how reliable an adjudicated label is. {BARS}lower end of an interval and are not applied here: the data give none. "
        "Under the rubric “Project-based learning” (mmie-pbl@1), ordinal alpha is undefined for Text quality and Method (only "
        "one annotator has rated). For the overall score (mmie-pbl@1), interval alpha is undefined (only one annotator has "
        "rated) and the ICC of the mean rating undefined (only one annotator has rated). Table 1 has all figures, computed with "
        "Sixpoint 0.1.0."
    )


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (
            {"judgements": 9, "responses": 3, "queries": 2},
            "nine first judgements, HOW; three responses to two queries have two or more.",
        ),
        (
            {"judgements": 3, "responses": 1, "queries": 1},
            "three first judgements, HOW; one response to one query has two or more.",
        ),
        ({"judgements": 3, "responses": 0, "queries": 0}, "three first judgements, HOW; no response has two."),
    ],
)
def test_all_judgements_are_counted_apart_from_the_responses_with_two(counts: dict[str, int], expected: str) -> None:
    how = "each independently and blind to the systems' names and to the others' scores"
    start = f"In the study “Pilot & more”, two annotators gave {expected.replace('HOW', how)} "
    assert methods([row("text", figure(0.9))], context(annotators=2, **counts), "text").startswith(start)


def test_without_intervals_the_thresholds_are_not_applied() -> None:
    alpha = {"value": 0.9, "reason": None, "n": 264}
    assert paragraph_from("The customary", [row("text", alpha)], resamples=0) == (
        f"{BARS}lower end of an interval and are not applied here: none were computed. Under the rubric “Project-based learning” "
        "(mmie-pbl@1), ordinal alpha is .90 (Text quality). Table 1 has all figures, computed with Sixpoint 0.1.0."
    )


def test_one_figure_with_an_interval_is_enough_to_describe_the_method() -> None:
    rows = [row("text", figure(0.9, no_interval="too few queries differ for an interval"), ac2=figure(0.95, 0.9, 1))]
    described = paragraph_from("Intervals are", rows)
    assert described[: described.index(" They hold")] == (
        "Intervals are 95 % confidence intervals, clustered by query: queries were resampled 1,000 times with all their "
        "responses and ratings (seed 7)."
    )


def test_below_a_hundred_queries_the_jackknife_is_described_with_its_source() -> None:
    rows = [row("text", figure(0.9, 0.81, 0.95), queries=99)]
    paragraph = paragraph_from("Intervals are", rows)
    assert paragraph == (
        "Intervals are 95 % confidence intervals, clustered by query: the jackknife left out one query at a time, with Student's "
        f"t (Hughes, 2022). {FOR_THESE} {BARS}lower end of its interval, before rounding. Under the rubric “Project-based "
        "learning” (mmie-pbl@1), ordinal alpha is .90, 95 % CI [.81, .95] (Text quality). By these bars, agreement is reliable "
        "for Text quality. Table 1 has all figures, computed with Sixpoint 0.1.0."
    )


def test_each_rubric_has_sentences_of_its_own() -> None:
    rows = [
        row("text", figure(0.9, 0.81, 0.95), queries=100),
        row("text", figure(0.5, 0.4, 0.6), rubric=SA, pairable_items=1500, queries=40),
    ]
    assert paragraph_from("Criteria were", rows, resamples=1).replace(paragraph_from("Agreement is", rows, resamples=1), "") == (
        "Criteria were scored on scales of six levels, 1 to 6 (Project-based learning, mmie-pbl@1); and of five levels, 0 to 4 "
        "(Situation analysis, mmie-sa@2). "
    )
    assert paragraph_from("Intervals are", rows, resamples=1) == (
        "Intervals are 95 % confidence intervals, clustered by query: with 100 queries or more, queries were resampled 1 time "
        "with all their responses and ratings (seed 7); with fewer, the jackknife left out one query at a time, with Student's t "
        f"(Hughes, 2022). {FOR_THESE} {BARS}lower end of its interval, before rounding. Rubrics are not pooled. Under the rubric "
        "“Project-based learning” (mmie-pbl@1), ordinal alpha is .90, 95 % CI [.81, .95] (Text quality). By these bars, "
        "agreement is reliable for Text quality. Under the rubric “Situation analysis” (mmie-sa@2), ordinal alpha is .50, 95 % "
        "CI [.40, .60] (Language). By these bars, agreement is below both bars for Language. Table 1 and Table 2 have all "
        "figures, computed with Sixpoint 0.1.0."
    )


def test_criteria_without_alpha_are_listed_by_reason_beside_those_that_have_one() -> None:
    rows = [
        row("text", figure(0.9, 0.6669, 0.95)),
        row("coherence", figure(None, reason="every rating is the same")),
        row("method", figure(None, reason="no response has two ratings")),
        row("harm", figure(None, reason="no response has two ratings"), "penalty", prevalence=None),
    ]
    assert paragraph_from("Under the rubric", rows) == (
        "Under the rubric “Project-based learning” (mmie-pbl@1), ordinal alpha is .90, 95 % CI [.67, .95] (Text quality). It is "
        "undefined for [图文] 一致 | 100% (every rating is the same) and for Method (no response has two ratings). The penalty "
        "Harm: nominal alpha undefined (no response has two ratings). By these bars, agreement is below both bars for Text "
        "quality. Table 1 has all figures, computed with Sixpoint 0.1.0."
    )
    rows[2] = row("method", figure(0.4, no_interval="too few queries for an interval"))
    assert paragraph_from("Under the rubric", rows).startswith(
        "Under the rubric “Project-based learning” (mmie-pbl@1), ordinal alpha over two of three criteria ranges from .40 (no "
        "interval: too few queries for an interval) (Method) to .90, 95 % CI [.67, .95] (Text quality). It is undefined for "
        "[图文] 一致 | 100% (every rating is the same). "
    )


def test_the_thresholds_are_read_before_rounding() -> None:
    lows = {"text": 0.8, "coherence": 0.7999, "method": 0.667}
    rows = [row(key, figure(0.9, low, 0.95)) for key, low in lows.items()]
    rows.append(row("overall", figure(0.9, 0.66699, 0.95), "overall"))
    assert paragraph_from("By these bars", rows) == (
        "By these bars, agreement is reliable for Text quality; tentative for [图文] 一致 | 100% and Method; below both bars for "
        "the overall score. Table 1 has all figures, computed with Sixpoint 0.1.0."
    )


def test_a_penalty_is_not_held_against_the_thresholds() -> None:
    rows = [row("harm", figure(0.9, 0.85, 0.95), "penalty", ac1=figure(0.99, 0.98, 1), prevalence=0.25)]
    assert paragraph_from("The penalty", rows) == (
        "The penalty Harm was given in 25.0 % of judgements: nominal alpha .90, 95 % CI [.85, .95], AC1 .99, 95 % CI [.98, "
        "1.00]. Table 1 has all figures, computed with Sixpoint 0.1.0."
    )


def test_a_penalty_that_nobody_gave_has_no_share() -> None:
    rows = [row("harm", figure(None, reason="every rating is the same"), "penalty", ac1=figure(1.0), prevalence=0.0)]
    assert paragraph_from("The penalty", rows) == (
        "The penalty Harm was never given: nominal alpha undefined (every rating is the same), AC1 1.00. Table 1 has all "
        "figures, computed with Sixpoint 0.1.0."
    )


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (0.5, "below both bars for all three criteria and the overall score"),
        (0.7, "tentative for Method; below both bars for Text quality, [图文] 一致 | 100% and the overall score"),
        (None, "below both bars for Text quality, [图文] 一致 | 100% and the overall score"),
    ],
)
def test_criteria_are_counted_where_all_are_in_one_class(last: float | None, expected: str) -> None:
    rows = [row("text", figure(0.6, 0.5, 0.7)), row("coherence", figure(0.6, 0.5, 0.7)), row("method", figure(0.8, last, 0.9))]
    rows.append(row("overall", figure(0.6, 0.5, 0.7), "overall"))
    assert paragraph_from("By these", rows).split(". ")[0] == f"By these bars, agreement is {expected}"


@pytest.mark.parametrize(
    ("annotators", "who"), [(1, "one annotator gave nine first judgements"), (2, "two annotators gave nine first judgements")]
)
def test_loaded_judgements_are_not_called_independent_and_blind(annotators: int, who: str) -> None:
    paragraph = methods([], context(loaded=True, annotators=annotators, judgements=9, responses=3, queries=2), "text")
    assert paragraph[: paragraph.index(" Agreement is")] == (
        f"In the study “Pilot & more”, {who}; three responses to two queries have two or more. First judgements were, in part or "
        "wholly, loaded from elsewhere [say how they were given]."
    )


def test_the_reason_why_no_figure_has_an_interval_stands_once() -> None:
    few, alike = (figure(0.9, no_interval=f"too few queries{more} for an interval") for more in ("", " differ"))
    undefined = figure(None, reason="every rating is the same")
    rows = [row("text", few, ac2=few), row("method", undefined), row("overall", few, "overall", icc_mean=few)]
    rows.append(row("harm", few, "penalty", ac1=few, prevalence=0.25))
    assert paragraph_from("The customary", rows) == (
        f"{BARS}lower end of an interval and are not applied here: the data give none (too few queries for an interval). Under "
        "the rubric “Project-based learning” (mmie-pbl@1), ordinal alpha is .90 (Text quality). It is undefined for Method "
        "(every rating is the same). For the overall score (mmie-pbl@1), interval alpha is .90 and the ICC of the mean rating "
        ".90. The penalty Harm was given in 25.0 % of judgements: nominal alpha .90, AC1 .90. Table 1 has all figures, "
        "computed with Sixpoint 0.1.0."
    )
    rows[2] = row("overall", alike, "overall", icc_mean=alike)
    assert paragraph_from("The customary", rows).startswith(
        f"{BARS}lower end of an interval and are not applied here: the data give none (too few queries for an interval; too few "
        "queries differ for an interval). Under the rubric “Project-based learning” (mmie-pbl@1), ordinal alpha is .90 (Text "
    )


def test_where_most_ratings_are_on_one_level_the_paragraph_has_their_share() -> None:
    rows = [
        row("text", figure(0.3, 0.2, 0.4), ac2=figure(0.9, 0.85, 0.95), commonest={"level": 5, "share": 0.7}, pairable_items=30),
        row("coherence", figure(0.1, 0.0, 0.2), ac2=figure(0.95, 0.9, 1.0), commonest={"level": 1, "share": 0.9456}),
        row("method", figure(0.1, 0.0, 0.2), ac2=figure(0.9, 0.85, 0.95), commonest={"level": 5, "share": 0.6999}),
        row("harm", figure(0.1, 0.0, 0.2), ac2=figure(0.9, 0.85, 0.95), commonest={"level": 5, "share": 1.0}, pairable_items=29),
    ]
    assert paragraph_from("By these", rows) == (
        "By these bars, agreement is below both bars for all four criteria. Most ratings are on one level for Text quality (70.0 "
        "% on level 5, AC2 .90, 95 % CI [.85, .95]) and [图文] 一致 | 100% (94.6 % on level 1, AC2 .95, 95 % CI [.90, 1.00]): "
        "the annotators do not tell these responses apart. A high AC2 does not mean that they agree after all, for on ratings "
        "that know nothing of the response AC2 can be .86 where alpha is near 0. Table 1 has all figures, computed with Sixpoint "
        "0.1.0."
    )
    assert "Most ratings" not in methods(rows[2:], context(), "text")


@pytest.mark.parametrize(
    ("names", "beside"),
    [
        (("ac1",), "Beside it stands Gwet's AC1 for penalties (Gwet, 2014). "),
        (
            ("ac2",),
            "Beside it stands Gwet's AC2 with ordinal weights (Gwet, 2014). All weights are taken over the full scale, not only "
            "over the levels that were given. ",
        ),
        (
            ("ordinal_kappa", "icc_single"),
            "Beside it stand Cohen's kappa with ordinal weights, agreement and chance each added up over the pairs of annotators "
            "(Cohen, 1968; where ratings are missing this is not Conger's kappa); and the "
            "intraclass correlation (ICC) for absolute agreement, of one rating, from the variance components of responses, "
            "annotators and residual (ten Hove et al., 2022). All weights are taken over the full scale, not only over the "
            "levels that were given. ",
        ),
    ],
)
def test_only_what_the_report_has_is_described(names: tuple[str, ...], beside: str) -> None:
    rows = [row("text", figure(0.9, 0.81, 0.95), **{name: figure(0.9, 0.81, 0.95) for name in names})]
    described = paragraph_from("Beside it", rows)
    assert described[: described.index("Intervals are")] == beside


def test_of_a_criterion_that_was_not_applicable_the_paragraph_has_what_that_costs() -> None:
    def applicability(share: float, lost: float | None) -> dict[str, Any]:
        alpha = {"level": "nominal"} | figure(0.2, 0.1, 0.3)
        lost_pairs = figure(lost, reason=None if lost is not None else "no response has two ratings")
        return {"alpha": alpha, "ac1": figure(0.4), "not_applicable": figure(share), "pairs_lost": lost_pairs}

    rows = [
        row("text", figure(0.9, 0.81, 0.95), applicability=applicability(0.25, 0.4375)),
        row("coherence", figure(0.9, 0.81, 0.95), applicability=applicability(0.0, 0.0)),
        row("method", figure(0.9, 0.81, 0.95), applicability=applicability(0.5, None)),
    ]
    assert paragraph_from("By these", rows) == (
        "By these bars, agreement is reliable for all three criteria. Text quality was not applicable in 25.0 % of the "
        "judgements in which it could be (nominal alpha of this .20, 95 % CI [.10, .30]), so that 43.8 % of the pairs of "
        "judgements are no pair of ratings. Table 1 has all figures, computed with Sixpoint 0.1.0."
    )
