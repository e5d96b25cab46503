"""Results of systems as files: a table as CSV, Markdown and LaTeX, and pictures as SVG.

Read data first (a table of cells, each with its interval), then table (its forms) and pictures (intervals, and a heat map).
"""

from annotation.exporters.results.data import Cell, ResultsTable, Row
from annotation.exporters.results.pictures import heat_map, intervals
from annotation.exporters.results.table import TEXT_FORMS, csv_bytes, text

__all__ = ["TEXT_FORMS", "Cell", "ResultsTable", "Row", "csv_bytes", "heat_map", "intervals", "text"]
