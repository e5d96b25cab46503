"""The paragraph for the methods section: what was judged, how agreement was measured, and what was found."""

from collections.abc import Iterator, Sequence

from annotation.agreement.clusters import ENOUGH_TO_RESAMPLE
from annotation.agreement.thresholds import FEW_RESPONSES, MOSTLY_ONE_LEVEL, RELIABLE, TENTATIVE
from annotation.exporters.paper.context import (
    Found,
    PaperContext,
    Row,
    bounded,
    by_rubric,
    figures,
    of_kind,
    ways,
    without_reasons,
)
from annotation.exporters.paper.markup import FORM, Form, counted, joined, number

KINDS = {"rated": "for criteria", "overall": "for the overall score", "penalty": "for penalties"}


def methods(rows: Sequence[Row], about: PaperContext, form: str) -> str:
    """`rows` are those of a report's one group, `form` is one of FORMS. The paragraph is one line."""
    words = FORM[form]
    said = [*design(about, words)]
    if about.judgements:
        said += [*scales(rows, about, words), *measures(rows), *intervals(rows, about, words)]
        rubrics = by_rubric(rows if ways(rows) else without_reasons(rows))  # where none has an interval, why was said once
        if len(rubrics) > 1:
            said.append("Rubrics are not pooled.")
        for name, of_rubric in rubrics.items():
            said += found_under(name, of_rubric, about, words)
        said.append(where(len(rubrics), about, words))
    return " ".join(said)


def design(about: PaperContext, form: Form) -> Iterator[str]:
    study = f"In the study {form.title(about.title)},"
    if not about.judgements:
        yield f"{study} nothing has been judged yet."
        return
    gave = counted(about.judgements, "first judgement", "first judgements")
    if about.loaded:
        how = ""
    elif about.annotators == 1:
        how = ", blind to the systems' names"
    else:
        how = ", each independently and blind to the systems' names and to the others' scores"
    given = f"{study} {counted(about.annotators, 'annotator', 'annotators')} gave {gave}{how}"
    compared = f"{counted(about.responses, 'response', 'responses')} to {counted(about.queries, 'query', 'queries')}"
    have = "has" if about.responses == 1 else "have"
    yield f"{given}; {f'{compared} {have} two or more' if about.responses else 'no response has two'}."
    if about.loaded:
        yield "First judgements were, in part or wholly, loaded from elsewhere [say how they were given]."


def scales(rows: Sequence[Row], about: PaperContext, form: Form) -> Iterator[str]:
    rubrics: dict[tuple[int, int], list[str]] = {}
    for name in by_rubric(of_kind(rows, "rated")):
        rubrics.setdefault(about.scale[name], []).append(under(name, about, form))
    said = [f"of {counted(high - low + 1, 'level', 'levels')}, {low} to {high}" for low, high in rubrics]
    if len(rubrics) == 1:
        yield f"Each criterion was scored on a scale {said[0]}."
    elif rubrics:
        parts = [f"{scale} ({joined(names)})" for scale, names in zip(said, rubrics.values(), strict=True)]
        yield f"Criteria were scored on scales {joined(parts, '; ', '; and ')}."


def under(name: str, about: PaperContext, form: Form) -> str:
    return f"{form.words(about.rubrics[name])}, {form.words(name)}"


def measures(rows: Sequence[Row]) -> Iterator[str]:
    levels = {KINDS[row["kind"]]: row["alpha"]["level"] for row in rows}
    yield (
        "Agreement is that of these first judgements alone, without revisions, judgements asked for after a dispute or "
        "adjudicated scores, and is given as Krippendorff's alpha (Hayes and Krippendorff, 2007), "
        f"{joined([f'{level} {kind}' for kind, level in levels.items()])}."
    )
    there = {name for row in rows for name in row}
    beside = [*coefficients(there)]
    if beside:
        yield f"Beside it {'stands' if len(beside) == 1 else 'stand'} {joined(beside, '; ', '; and ')}."
    if {"ac2", "weighted_kappa"} & there:
        yield "All weights are taken over the full scale, not only over the levels that were given."
    if "icc_mean" in there:
        yield "The ICC of the mean says how reliable the mean of first judgements is, not how reliable an adjudicated label is."


def coefficients(there: set[str]) -> Iterator[str]:
    if "ac2" in there:
        yield f"Gwet's AC2 with ordinal weights{' and, for penalties, AC1' if 'ac1' in there else ''} (Gwet, 2014)"
    elif "ac1" in there:
        yield "Gwet's AC1 for penalties (Gwet, 2014)"
    if "weighted_kappa" in there:
        yield "Cohen's kappa with quadratic weights, pooled over the pairs of annotators (Cohen, 1968)"
    iccs = {"icc_single": "of one rating", "icc_mean": "of the mean rating"}
    if said := joined([what for name, what in iccs.items() if name in there]):
        yield (
            f"the intraclass correlation (ICC) for absolute agreement, {said}, from the variance components of responses, "
            "annotators and residual (ten Hove et al., 2022)"
        )


def intervals(rows: Sequence[Row], about: PaperContext, form: Form) -> Iterator[str]:
    """How they were made, and the bars that are read on them."""
    bars = "The customary bars for alpha, .800 for reliable and .667 for tentative conclusions (Krippendorff, 2004),"
    made = ways(rows)
    if not made:
        why = "none were computed" if about.resamples == 0 else f"the data give none{reasons(rows, form)}"
        yield f"{bars} are read on the lower end of an interval and are not applied here: {why}."
        return
    times = f"{about.resamples:,} {'time' if about.resamples == 1 else 'times'}"
    drawn = f"queries were resampled {times} with all their responses and ratings (seed {about.seed})"
    left_out = "the jackknife left out one query at a time, with Student's t (Hughes, 2022)"
    how = {
        frozenset({"resampled"}): drawn,
        frozenset({"jackknife"}): left_out,
    }.get(frozenset(made), f"with {ENOUGH_TO_RESAMPLE} queries or more, {drawn}; with fewer, {left_out}")
    yield f"Intervals are 95{form.percent} confidence intervals, clustered by query: {how}."
    yield "They hold for these annotators and say nothing of others."
    yield f"{bars} are read on the lower end of its interval, before rounding."


def reasons(rows: Sequence[Row], form: Form) -> str:
    """Why no figure has an interval; nothing where no figure has a value."""
    told = dict.fromkeys(found["no_interval"] for row in rows for found in figures(row) if found.get("no_interval"))
    return f" ({'; '.join(map(form.words, told))})" if told else ""


def found_under(name: str, rows: Sequence[Row], about: PaperContext, form: Form) -> Iterator[str]:
    yield from of_criteria(name, of_kind(rows, "rated"), about, form)
    for row in of_kind(rows, "overall"):
        mean = f" and the ICC of the mean rating {said(row['icc_mean'], form)}" if "icc_mean" in row else ""
        yield f"For the overall score ({form.words(name)}), {row['alpha']['level']} alpha is {said(row['alpha'], form)}{mean}."
    for row in of_kind(rows, "penalty"):
        yield of_penalty(row, about, form)
    yield from against_the_bars(rows, about, form)
    yield from on_one_level(rows, about, form)


def of_criteria(name: str, rows: Sequence[Row], about: PaperContext, form: Form) -> Iterator[str]:
    if not rows:
        return
    defined = sorted((row for row in rows if row["alpha"]["value"] is not None), key=lambda row: float(row["alpha"]["value"]))
    start = f"Under the rubric {form.title(about.rubrics[name])} ({form.words(name)}), {rows[0]['alpha']['level']} alpha"
    ends = [f"{said(row['alpha'], form)} ({form.words(about.named(row))})" for row in defined]
    if len(defined) > 1:
        of = f"{number(len(defined))} of " if len(defined) < len(rows) else ""
        yield f"{start} over {of}{counted(len(rows), 'criterion', 'criteria')} ranges from {ends[0]} to {ends[-1]}."
    elif defined:
        yield f"{start} is {ends[0]}."
    why: dict[str, list[str]] = {}
    for row in rows:
        if row["alpha"]["value"] is None:
            why.setdefault(row["alpha"]["reason"], []).append(form.words(about.named(row)))
    if why:
        parts = [f"for {joined(names)} ({form.words(reason)})" for reason, names in why.items()]
        yield f"{'It' if defined else start} is undefined {joined(parts)}."


def of_penalty(row: Row, about: PaperContext, form: Form) -> str:
    name, prevalence, given = form.words(about.named(row)), row.get("prevalence"), ""
    if prevalence is not None:
        given = f" was given in {form.share(prevalence)}{form.percent} of judgements" if prevalence else " was never given"
    ac1 = f", AC1 {said(row['ac1'], form)}" if "ac1" in row else ""
    return f"The penalty {name}{given}: {row['alpha']['level']} alpha {said(row['alpha'], form)}{ac1}."


def said(found: Found, form: Form) -> str:
    if found["value"] is None:
        return f"undefined ({form.words(found['reason'])})"
    value = form.coefficient(found["value"])
    if bounded(found):
        return f"{value}, 95{form.percent} CI [{form.coefficient(found['low'])}, {form.coefficient(found['high'])}]"
    return f"{value} (no interval: {form.words(found['no_interval'])})" if found.get("no_interval") else value


def against_the_bars(rows: Sequence[Row], about: PaperContext, form: Form) -> Iterator[str]:
    """Of criteria and the overall: a rare penalty's alpha says little."""
    rated = of_kind(rows, "rated")
    classes: dict[str, list[Row]] = {"reliable": [], "tentative": [], "below both bars": []}
    for row in (*rated, *of_kind(rows, "overall")):
        if bounded(row["alpha"]):
            low = row["alpha"]["low"]
            classes["reliable" if low >= RELIABLE else "tentative" if low >= TENTATIVE else "below both bars"].append(row)
    parts = [f"{reached} for {joined(those(found, len(rated), about, form))}" for reached, found in classes.items() if found]
    if parts:
        yield f"By these bars, agreement is {'; '.join(parts)}."


def those(rows: Sequence[Row], criteria: int, about: PaperContext, form: Form) -> list[str]:
    """Of criteria and the overall; where all of many `criteria` are there, how many."""
    rated = [form.words(about.named(row)) for row in of_kind(rows, "rated")]
    if len(rated) == criteria > 2:
        rated = [f"all {number(criteria)} criteria"]
    return [*rated, *("the overall score" for _row in of_kind(rows, "overall"))]


def on_one_level(rows: Sequence[Row], about: PaperContext, form: Form) -> Iterator[str]:
    """What the page says of these criteria, too."""
    parts = []
    for row in of_kind(rows, "rated"):
        commonest = row["commonest"]
        if row["pairable_items"] >= FEW_RESPONSES and commonest["share"] >= MOSTLY_ONE_LEVEL:
            share = f"{form.share(commonest['share'])}{form.percent} on level {commonest['level']}"
            parts.append(f"{form.words(about.named(row))} ({share}, AC2 {said(row['ac2'], form)})")
    if parts:
        yield (
            f"Most ratings are on one level for {joined(parts)}: alpha and kappa fall there even where people agree, so "
            "that AC2 stands beside them; the bars are alpha's alone."
        )


def where(tables: int, about: PaperContext, form: Form) -> str:
    numbers = [form.numbered.format(number + 1) for number in range(tables)]
    return (
        f"{joined(numbers)} {'has' if tables == 1 else 'have'} all figures, computed with Sixpoint {form.words(about.version)}."
    )
