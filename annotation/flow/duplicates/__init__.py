"""Queries that may be the same: similarity measures how alike they are, search stores pairs, resolve carries out decisions."""
