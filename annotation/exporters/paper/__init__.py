"""The agreement report as text for a paper, in three forms: plain text, Markdown and LaTeX.

context has the rows of the report and the facts about the study that they lack. markup writes numbers and titles in each form;
methods is the paragraph, table the tables, and text puts them together with the references.
"""

from annotation.exporters.paper.context import PaperContext
from annotation.exporters.paper.text import FORMS, paper

__all__ = ["FORMS", "PaperContext", "paper"]
