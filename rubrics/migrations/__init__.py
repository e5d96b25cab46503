"""0001 makes the tables, 0002 the triggers; each later migration holds one operation."""
