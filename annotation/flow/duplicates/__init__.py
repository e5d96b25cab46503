"""Queries that may be the same: similarity measures how alike they are, search finds pairs, resolve carries out decisions."""
