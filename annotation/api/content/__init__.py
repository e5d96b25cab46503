"""What is judged, for scripts: queries and responses to look through, reference answers to write."""
