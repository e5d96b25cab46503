"""The agreement report as a paper tells it.

Context holds the figures, methods the paragraph, table the tables, markup the forms, text all of it.
"""

from annotation.exporters.paper.context import PaperContext
from annotation.exporters.paper.text import FORMS, paper

__all__ = ["FORMS", "PaperContext", "paper"]
