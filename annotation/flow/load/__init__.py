"""Loads files into a project, each all or nothing, and writes its items out again.

Items are queries, reference answers and responses: item_records reads their file, item_content holds it against the project,
items stores them, export writes them out.
Scores are annotations made elsewhere: score_rows reads and sorts their file, score_annotations and score_annotators check it
against the project, score_slots finds each annotation its place, scores does it all in order. report counts what was added,
overtaken notices what others changed before it was.
"""

from annotation.flow.load.export import export_items
from annotation.flow.load.items import load_items, load_package
from annotation.flow.load.scores import load_score_file, load_scores

__all__ = ["export_items", "load_items", "load_package", "load_score_file", "load_scores"]
