"""Bytes into a checked picture (inspect) and its copies for showing (render); nothing of the database or of storage."""
