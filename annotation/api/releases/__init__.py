"""Releases by API, for managers: made (list, make, read, retract, download), contents (labels, what was left out, comparison),
export (what is no release)."""
