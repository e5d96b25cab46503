"""What people read when they judge: items (queries, responses, images, and the words by which they are searched), references."""

from annotation.models.content.items import Blocks, Image, Query, QueryQuerySet, Response, SearchEntry, number_of
from annotation.models.content.references import EarlierReference, ReferenceAnswer, ReferenceRevision

__all__ = [
    "Blocks",
    "EarlierReference",
    "Image",
    "Query",
    "QueryQuerySet",
    "ReferenceAnswer",
    "ReferenceRevision",
    "Response",
    "SearchEntry",
    "number_of",
]
