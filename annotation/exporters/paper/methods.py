"""The paragraph for the methods section: what was judged, how agreement was measured, and the results."""

from collections.abc import Iterator, Sequence

from annotation.agreement.clusters import ENOUGH_TO_RESAMPLE
from annotation.agreement.thresholds import FEW_RESPONSES, MOSTLY_ONE_LEVEL, RELIABLE, TENTATIVE
from annotation.exporters.paper.context import (
    PaperContext,
    PlainFigure,
    Row,
    figures,
    has_interval,
    interval_methods,
    rows_by_rubric,
    rows_of_kind,
    without_interval_reasons,
)
from annotation.exporters.paper.markup import MARKUPS, Markup, count_of, joined, number_in_words

KINDS = {"rated": "for criteria", "overall": "for the overall score", "penalty": "for penalties"}


def methods(rows: Sequence[Row], context: PaperContext, form: str) -> str:
    """The paragraph, on one line. `rows` are those of a report's one group, `form` is one of FORMS."""
    markup = MARKUPS[form]
    sentences = [*design(context, markup)]
    if context.judgements:
        sentences += [*scales(rows, context, markup), *measures(rows), *intervals(rows, context, markup)]
        # where no figure has an interval, `intervals` has the reasons, once for all
        rubrics = rows_by_rubric(rows if interval_methods(rows) else without_interval_reasons(rows))
        if len(rubrics) > 1:
            sentences.append("Rubrics are not pooled.")
        for name, rubric_rows in rubrics.items():
            sentences += results(name, rubric_rows, context, markup)
        sentences.append(tables(len(rubrics), context, markup))
    return " ".join(sentences)


def design(context: PaperContext, markup: Markup) -> Iterator[str]:
    study = f"In the study {markup.title(context.title)},"
    if not context.judgements:
        yield f"{study} nothing has been judged yet."
        return
    judgements = count_of(context.judgements, "first judgement", "first judgements")
    if context.loaded:
        how = ""
    elif context.annotators == 1:
        how = ", blind to the systems' names"
    else:
        how = ", each independently and blind to the systems' names and to the others' scores"
    gave = f"{study} {count_of(context.annotators, 'annotator', 'annotators')} gave {judgements}{how}"
    responses = count_of(context.responses, "response", "responses")
    compared = f"{responses} to {count_of(context.queries, 'query', 'queries')}"
    have = "has" if context.responses == 1 else "have"
    yield f"{gave}; {f'{compared} {have} two or more' if context.responses else 'no response has two'}."
    if context.loaded:
        yield "First judgements were, in part or wholly, loaded from elsewhere [say how they were given]."


def scales(rows: Sequence[Row], context: PaperContext, markup: Markup) -> Iterator[str]:
    rubrics: dict[tuple[int, int], list[str]] = {}
    for name in rows_by_rubric(rows_of_kind(rows, "rated")):
        rubrics.setdefault(context.scale[name], []).append(title_and_name(name, context, markup))
    levels = [f"of {count_of(high - low + 1, 'level', 'levels')}, {low} to {high}" for low, high in rubrics]
    if len(rubrics) == 1:
        yield f"Each criterion was scored on a scale {levels[0]}."
    elif rubrics:
        parts = [f"{scale} ({joined(names)})" for scale, names in zip(levels, rubrics.values(), strict=True)]
        yield f"Criteria were scored on scales {joined(parts, '; ', '; and ')}."


def title_and_name(name: str, context: PaperContext, markup: Markup) -> str:
    return f"{markup.words(context.rubrics[name])}, {markup.words(name)}"


def measures(rows: Sequence[Row]) -> Iterator[str]:
    levels = {KINDS[row["kind"]]: row["alpha"]["level"] for row in rows}
    yield (
        "Agreement is that of these first judgements alone, without revisions, judgements asked for after a dispute or "
        "adjudicated scores, and is given as Krippendorff's alpha (Hayes and Krippendorff, 2007), "
        f"{joined([f'{level} {kind}' for kind, level in levels.items()])}."
    )
    fields = {name for row in rows for name in row}
    others = [*coefficients(fields)]
    if others:
        yield f"Beside it {'stands' if len(others) == 1 else 'stand'} {joined(others, '; ', '; and ')}."
    if {"ac2", "ordinal_kappa"} & fields:
        yield "All weights are taken over the full scale, not only over the levels that were given."
    if "icc_mean" in fields:
        yield "The ICC of the mean says how reliable the mean of first judgements is, not how reliable an adjudicated label is."


def coefficients(fields: set[str]) -> Iterator[str]:
    """The coefficients besides alpha that some row has among its fields."""
    if "ac2" in fields:
        yield f"Gwet's AC2 with ordinal weights{' and, for penalties, AC1' if 'ac1' in fields else ''} (Gwet, 2014)"
    elif "ac1" in fields:
        yield "Gwet's AC1 for penalties (Gwet, 2014)"
    if "ordinal_kappa" in fields:
        yield (
            "Cohen's kappa with ordinal weights, agreement and chance each added up over the pairs of annotators (Cohen, 1968; "
            "where ratings are missing this is not Conger's kappa)"
        )
    iccs = {"icc_single": "of one rating", "icc_mean": "of the mean rating"}
    if ratings := joined([phrase for name, phrase in iccs.items() if name in fields]):
        yield (
            f"the intraclass correlation (ICC) for absolute agreement, {ratings}, from the variance components of responses, "
            "annotators and residual (ten Hove et al., 2022)"
        )


def intervals(rows: Sequence[Row], context: PaperContext, markup: Markup) -> Iterator[str]:
    """How the intervals were computed, and the thresholds of alpha that are read on them."""
    thresholds = "The customary bars for alpha, .800 for reliable and .667 for tentative conclusions (Krippendorff, 2004),"
    used = interval_methods(rows)
    if not used:
        why = "none were computed" if context.resamples == 0 else f"the data give none{interval_reasons(rows, markup)}"
        yield f"{thresholds} are read on the lower end of an interval and are not applied here: {why}."
        return
    number = f"{context.resamples:,} {'time' if context.resamples == 1 else 'times'}"
    resampled = f"queries were resampled {number} with all their responses and ratings (seed {context.seed})"
    jackknife = "the jackknife left out one query at a time, with Student's t (Hughes, 2022)"
    how = {
        frozenset({"resampled"}): resampled,
        frozenset({"jackknife"}): jackknife,
    }.get(frozenset(used), f"with {ENOUGH_TO_RESAMPLE} queries or more, {resampled}; with fewer, {jackknife}")
    yield f"Intervals are 95{markup.percent} confidence intervals, clustered by query: {how}."
    yield "They hold for these annotators and say nothing of others."
    yield f"{thresholds} are read on the lower end of its interval, before rounding."


def interval_reasons(rows: Sequence[Row], markup: Markup) -> str:
    """Why no figure has an interval; empty where no figure has a value."""
    reasons = dict.fromkeys(figure["no_interval"] for row in rows for figure in figures(row) if figure.get("no_interval"))
    return f" ({'; '.join(map(markup.words, reasons))})" if reasons else ""


def results(name: str, rows: Sequence[Row], context: PaperContext, markup: Markup) -> Iterator[str]:
    """Of one rubric, by its name: its criteria, the overall, the penalties, and how they stand to the thresholds."""
    yield from criteria(name, rows_of_kind(rows, "rated"), context, markup)
    for row in rows_of_kind(rows, "overall"):
        icc = f" and the ICC of the mean rating {value_of(row['icc_mean'], markup)}" if "icc_mean" in row else ""
        alpha = f"{row['alpha']['level']} alpha is {value_of(row['alpha'], markup)}"
        yield f"For the overall score ({markup.words(name)}), {alpha}{icc}."
    for row in rows_of_kind(rows, "penalty"):
        yield penalty(row, context, markup)
    yield from against_thresholds(rows, context, markup)
    for row in rows_of_kind(rows, "rated"):
        yield from applicability(row, context, markup)
    yield from mostly_on_one_level(rows, context, markup)


def criteria(name: str, rows: Sequence[Row], context: PaperContext, markup: Markup) -> Iterator[str]:
    if not rows:
        return
    defined = sorted((row for row in rows if row["alpha"]["value"] is not None), key=lambda row: float(row["alpha"]["value"]))
    rubric = f"{markup.title(context.rubrics[name])} ({markup.words(name)})"
    start = f"Under the rubric {rubric}, {rows[0]['alpha']['level']} alpha"
    ends = [f"{value_of(row['alpha'], markup)} ({markup.words(context.row_title(row))})" for row in defined]
    if len(defined) > 1:
        of = f"{number_in_words(len(defined))} of " if len(defined) < len(rows) else ""
        yield f"{start} over {of}{count_of(len(rows), 'criterion', 'criteria')} ranges from {ends[0]} to {ends[-1]}."
    elif defined:
        yield f"{start} is {ends[0]}."
    titles_by_reason: dict[str, list[str]] = {}
    for row in rows:
        if row["alpha"]["value"] is None:
            titles_by_reason.setdefault(row["alpha"]["reason"], []).append(markup.words(context.row_title(row)))
    if titles_by_reason:
        parts = [f"for {joined(titles)} ({markup.words(reason)})" for reason, titles in titles_by_reason.items()]
        yield f"{'It' if defined else start} is undefined {joined(parts)}."


def penalty(row: Row, context: PaperContext, markup: Markup) -> str:
    title, prevalence, frequency = markup.words(context.row_title(row)), row.get("prevalence"), ""
    if prevalence is not None:
        share = f"{markup.share(prevalence)}{markup.percent}"
        figure = row.get("intervals", {}).get("prevalence", {})
        ends = f" [{markup.share(figure['low'])}, {markup.share(figure['high'])}]" if has_interval(figure) else ""
        frequency = f" was given in {share}{ends} of judgements" if prevalence else " was never given"
    ac1 = f", AC1 {value_of(row['ac1'], markup)}" if "ac1" in row else ""
    return f"The penalty {title}{frequency}: {row['alpha']['level']} alpha {value_of(row['alpha'], markup)}{ac1}."


def applicability(row: Row, context: PaperContext, markup: Markup) -> Iterator[str]:
    """Of a criterion that somebody found not applicable."""
    figures = row.get("applicability")
    if figures and figures["not_applicable"]["value"] and figures["pairs_lost"]["value"] is not None:
        share, lost = (markup.share(figures[name]["value"]) + markup.percent for name in ("not_applicable", "pairs_lost"))
        yield (
            f"{markup.words(context.row_title(row))} was not applicable in {share} of the judgements in which it could be "
            f"({figures['alpha']['level']} alpha of this {value_of(figures['alpha'], markup)}), so that {lost} of the pairs of "
            "judgements are no pair of ratings."
        )


def value_of(figure: PlainFigure, markup: Markup) -> str:
    """A figure in a sentence: its value with its interval, or the reason why there is none."""
    if figure["value"] is None:
        return f"undefined ({markup.words(figure['reason'])})"
    value = markup.coefficient(figure["value"])
    if has_interval(figure):
        return f"{value}, 95{markup.percent} CI [{markup.coefficient(figure['low'])}, {markup.coefficient(figure['high'])}]"
    return f"{value} (no interval: {markup.words(figure['no_interval'])})" if figure.get("no_interval") else value


def against_thresholds(rows: Sequence[Row], context: PaperContext, markup: Markup) -> Iterator[str]:
    """Of the criteria and the overall, not of penalties: a rare penalty's alpha says little."""
    rated = rows_of_kind(rows, "rated")
    classes: dict[str, list[Row]] = {"reliable": [], "tentative": [], "below both bars": []}
    for row in (*rated, *rows_of_kind(rows, "overall")):
        if has_interval(row["alpha"]):
            low = row["alpha"]["low"]
            classes["reliable" if low >= RELIABLE else "tentative" if low >= TENTATIVE else "below both bars"].append(row)
    parts = [
        f"{class_name} for {joined(titles_of(members, len(rated), context, markup))}"
        for class_name, members in classes.items()
        if members
    ]
    if parts:
        yield f"By these bars, agreement is {'; '.join(parts)}."


def titles_of(rows: Sequence[Row], criteria: int, context: PaperContext, markup: Markup) -> list[str]:
    """The titles of criteria and overall; where all of more than two `criteria` are among the rows, their number instead."""
    rated = [markup.words(context.row_title(row)) for row in rows_of_kind(rows, "rated")]
    if len(rated) == criteria > 2:
        rated = [f"all {number_in_words(criteria)} criteria"]
    return [*rated, *("the overall score" for _row in rows_of_kind(rows, "overall"))]


def mostly_on_one_level(rows: Sequence[Row], context: PaperContext, markup: Markup) -> Iterator[str]:
    """The criteria of which the agreement page, too, says that most ratings are on one level."""
    parts = []
    for row in rows_of_kind(rows, "rated"):
        commonest = row["commonest"]
        if row["pairable_items"] >= FEW_RESPONSES and commonest["share"] >= MOSTLY_ONE_LEVEL:
            share = f"{markup.share(commonest['share'])}{markup.percent} on level {commonest['level']}"
            parts.append(f"{markup.words(context.row_title(row))} ({share}, AC2 {value_of(row['ac2'], markup)})")
    if parts:
        yield (
            f"Most ratings are on one level for {joined(parts)}: the annotators do not tell these responses apart. A high AC2 "
            "does not mean that they agree after all, for on ratings that know nothing of the response AC2 can be .86 where "
            "alpha is near 0."
        )


def tables(number: int, context: PaperContext, markup: Markup) -> str:
    numbers = [markup.table_number.format(table + 1) for table in range(number)]
    verb, version = "has" if number == 1 else "have", markup.words(context.version)
    return f"{joined(numbers)} {verb} all figures, computed with Sixpoint {version}."
