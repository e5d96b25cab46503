"""A frozen rubric with its criteria and levels, read once per process: it never changes, so it may be kept."""

from functools import lru_cache

from rubrics.models import Rubric


def complete_rubric(rubric: Rubric) -> Rubric:
    """The rubric with criteria and levels at hand. Only a frozen one is kept, under its primary key and content hash."""
    if rubric.frozen_at is None:
        return Rubric.objects.with_content().get(pk=rubric.pk)
    return cached_rubric(rubric.pk, rubric.content_hash)


@lru_cache(maxsize=256)
def cached_rubric(pk: int, content_hash: str) -> Rubric:
    """Shared by all requests of the process: to be read, never written to."""
    return Rubric.objects.with_content().get(pk=pk, content_hash=content_hash)
