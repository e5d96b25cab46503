"""Every rating, remark and decision of a study as the rows of tables, which releases and exports write. study names the responses
and the people, rows reads the rows of some responses at a time."""

from annotation.flow.tables.rows import decision_records, rating_sheets, remark_records
from annotation.flow.tables.study import StudyTables, pseudonyms

__all__ = ["StudyTables", "decision_records", "pseudonyms", "rating_sheets", "remark_records"]
