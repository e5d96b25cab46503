"""Releases, for managers. Reading order: listing (the releases of a project), new (makes one, with plan, what it would hold),
detail (one release) with labels (and what was left out), files and comparison; actions (retract, download), export (no release).
"""
