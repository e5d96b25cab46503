"""Queries that may be the same: search finds pairs by similarity, resolve keeps, merges or drops them."""
