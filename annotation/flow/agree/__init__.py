"""The agreement report: report, its part about annotators, drilldown (the responses behind a number), paper."""

from annotation.flow.agree.report import agreement_report, agreement_report_at

__all__ = ["agreement_report", "agreement_report_at"]
