from annotation.exporters.paper.context import interval_methods, rows_by_rubric, rows_of_kind, without_interval_reasons
from tests.annotation.exporters.paper.report import PBL, SA, context, figure, row

REASON = "too few queries for an interval"


def test_rows_are_grouped_by_rubric_in_the_report_s_order() -> None:
    first, second, third = row("text", figure(0.9), rubric=SA), row("text", figure(0.8)), row("method", figure(0.7), rubric=SA)
    assert list(rows_by_rubric([first, second, third]).items()) == [(SA, [first, third]), (PBL, [second])]


def test_rows_are_chosen_by_their_kind() -> None:
    rated, penalty = row("text", figure(0.9)), row("harm", figure(0.5), "penalty")
    assert [rows_of_kind([rated, penalty], kind) for kind in ("rated", "overall", "penalty")] == [[rated], [], [penalty]]


def test_the_title_of_a_row_is_that_of_its_criterion_or_overall() -> None:
    rows = [row("text", figure(0.9)), row("overall", figure(0.8), "overall"), row("text", figure(0.7), rubric=SA)]
    assert [context().row_title(each) for each in rows] == ["Text quality", "Overall", "Language"]


def test_the_reasons_for_no_interval_are_taken_out_of_every_figure() -> None:
    with_reasons = row("text", figure(0.9, no_interval=REASON), ac2=figure(0.8, no_interval=REASON))
    assert without_interval_reasons([with_reasons]) == [row("text", figure(0.9), ac2=figure(0.8))]
    assert with_reasons["alpha"]["no_interval"] == REASON


def test_intervals_are_resampled_from_a_hundred_queries_on() -> None:
    few, many = row("text", figure(0.9, 0.8, 1.0), queries=99), row("text", figure(0.9, 0.8, 1.0), queries=100)
    without = row("text", figure(0.9), queries=100)
    methods = [interval_methods(rows) for rows in ([without], [few], [many], [few, many, without])]
    assert methods == [set(), {"jackknife"}, {"resampled"}, {"jackknife", "resampled"}]
