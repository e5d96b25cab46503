"""Results: which system is better, by how much, how sure. Read labelled (the labels in percent, as arrays), tables (systems
against categories, fields and criteria; their differences), errors (which types were marked), few_labels (with a
scorer's many scores), headline, then report, and files (the report to take along)."""

from annotation.flow.results.report import results_report, results_report_at

__all__ = ["results_report", "results_report_at"]
