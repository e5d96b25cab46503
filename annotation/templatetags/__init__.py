"""reading: filters and tags of the templates that show blocks."""
