"""A cache of frozen rubrics with their criteria and levels, read once per process: a frozen rubric never changes."""

from functools import lru_cache

from rubrics.models import Rubric


def complete_rubric(rubric: Rubric) -> Rubric:
    """The rubric with its criteria and levels loaded. Only a frozen rubric is cached, by primary key and content hash."""
    if rubric.frozen_at is None:
        return Rubric.objects.with_content().get(pk=rubric.pk)
    return cached_rubric(rubric.pk, rubric.content_hash)


@lru_cache(maxsize=256)
def cached_rubric(pk: int, content_hash: str) -> Rubric:
    """The same object for all requests of the process: read it, never change it."""
    return Rubric.objects.with_content().get(pk=pk, content_hash=content_hash)
