"""What Django's queries alone are too slow for: compiled has queries whose SQL is written once, rows reads many as they are, days
counts days and blocks what blocks hold, both in the database, analyze refreshes statistics during a load, pages finds a page of a
search and counts all in one query."""
