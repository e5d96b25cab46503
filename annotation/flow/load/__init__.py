"""Takes files in, all or nothing.

Items (queries, references, responses; reading is its first half), scores (annotations made elsewhere); writes items out
(export).
"""

from annotation.flow.load.export import export_items
from annotation.flow.load.items import load_items, load_package
from annotation.flow.load.scores import load_score_file, load_scores

__all__ = ["export_items", "load_items", "load_package", "load_score_file", "load_scores"]
