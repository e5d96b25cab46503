"""Agreement. Read report, rows (of each criterion), annotators (the part about people), drilldown (the responses behind a
number), then paper."""

from annotation.flow.agree.report import agreement_report, agreement_report_at

__all__ = ["agreement_report", "agreement_report_at"]
