"""Two things that Django's queries alone are too slow for: SQL that is compiled once, and fresh statistics during a load."""
