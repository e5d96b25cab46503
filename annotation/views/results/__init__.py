"""The results page. Read pages (the view), then rows (the report as tables), words (its finding in sentences) and files (what is
taken along)."""
