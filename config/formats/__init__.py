"""How dates and times are written, by language: the day is unambiguous everywhere, and each time of day names its zone."""
