"""Experts write and revise the reference answers of a project's queries, and approve each other's.

images (taken in by upload, as loads store them), write (a new revision), approve (which annotators see from then on).
"""

from annotation.flow.references.approve import approve
from annotation.flow.references.images import add_images
from annotation.flow.references.write import rubric_of, write_answer

__all__ = ["add_images", "approve", "rubric_of", "write_answer"]
