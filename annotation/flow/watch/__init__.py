"""How far a project is, for those who run it: counts of slots, the pace, what is stuck. Reads only.

Read counts (slots by category, system and person), pace (what was done per day, and when all will be), stuck (what waits for
somebody's step), then report, which puts them together, and table, which is the report as CSV.
"""

from annotation.flow.watch.report import progress_report
from annotation.flow.watch.stuck import STUCK, count_stuck, stuck_tasks
from annotation.flow.watch.table import csv_of

__all__ = ["STUCK", "count_stuck", "csv_of", "progress_report", "stuck_tasks"]
