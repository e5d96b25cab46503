"""A table of results as the tests of its forms take it."""

from annotation.exporters.results import Cell, ResultsTable, Row

RESULTS = ResultsTable(
    caption="Systems by category, percent",
    corner="System",
    columns=("Overall", "Multi-step reasoning"),
    rows=(
        Row("larch-7b", (Cell(68.449, 66.5, 70.25, 400), Cell(68.6, 64.8, 72.4, 130))),
        Row(
            "quill_mm",
            (Cell(44.9, n=4, no_interval="too few queries for an interval"), Cell(reason="no response has a value", n=0)),
            "part",
        ),
    ),
    note="Mean over responses.",
)
HOSTILE = ResultsTable(
    caption="a & b",
    corner="<b>",
    columns=("=1+1 | x",),
    rows=(Row("@sum_<script>\x00", (Cell(-0.04, -1.0, 0.5, 12, note="50 % \\ {x}"),)),),
)
