"""markdown: the filters for text that people and models wrote."""
