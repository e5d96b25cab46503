"""The commands about rubrics."""
