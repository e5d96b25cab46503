"""Finds pairs of queries that may be the same, for a manager to decide on. docs/duplicates.md says what counts as alike."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
from django.utils import timezone

from annotation.flow.duplicates.similarity import (
    NEAR,
    Array,
    SimilarPairs,
    Tokens,
    near_images,
    shared_sources,
    similar_texts,
    words,
)
from annotation.models import Image, PossibleDuplicate, Project, Query

LONG = 20  # words; so long a text in common is a sign even where the images differ
MOST_EACH = 10  # pairs of one query: nobody wants to read each pair of a hundred copies


@dataclass
class Material:
    """What is compared of a project's queries, in the order of their keys."""

    keys: list[int] = field(default_factory=list)
    texts: list[Array] = field(default_factory=list)  # tokens
    lengths: list[int] = field(default_factory=list)  # in words
    sources: list[str] = field(default_factory=list)
    has_image: list[bool] = field(default_factory=list)
    queries_of_image: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def find(
    *, project: Project, new: Collection[int], queries: Iterable[Query] = (), images: Iterable[Image] = ()
) -> Iterator[PossibleDuplicate]:
    """The pairs of queries that may be the same and are not known yet, at least one of them in `new` (primary keys).

    `queries` and `images` are those that are not stored yet. Memory grows with the words of the project.
    """
    material = read(project, queries)
    are_new = np.isin(np.array(material.keys), np.array(list(new)))
    hashes = dict(Image.objects.filter(project=project).values_list("sha256", "difference_hash").iterator())
    hashes |= {image.sha256: image.difference_hash for image in images}
    texts = similar_texts(material.texts, are_new)
    sources = shared_sources(material.sources, are_new)
    pictures = near_images(material.queries_of_image, hashes, are_new)
    stored = set(PossibleDuplicate.objects.filter(project=project).values_list("first", "second").iterator())
    now = timezone.now()
    return (
        PossibleDuplicate(
            project=project,
            first_id=material.keys[first],
            second_id=material.keys[second],
            reasons=reasons,
            strength=strength,
            found_at=now,
        )
        for first, second, reasons, strength in strongest(material, texts, sources, pictures)
        if (material.keys[first], material.keys[second]) not in stored
    )


def read(project: Project, queries: Iterable[Query]) -> Material:
    material, tokens = Material(), Tokens()
    stored = Query.objects.filter(project=project).in_study().order_by("pk").only("blocks", "source")
    for number, query in enumerate(chain(stored.iterator(), queries)):
        text = words("\n".join(block["text"] for block in query.blocks if block["text"]))
        images = {block["image"] for block in query.blocks if block["image"]}
        material.keys.append(query.pk)
        material.texts.append(tokens.of(text))
        material.lengths.append(len(text))
        material.sources.append(query.source)
        material.has_image.append(bool(images))
        for image in images:
            material.queries_of_image[image].append(number)
    return material


def strongest(
    material: Material, texts: SimilarPairs, sources: SimilarPairs, images: SimilarPairs
) -> Iterator[tuple[int, int, dict[str, Any], float]]:
    """Each pair with its reasons and their strength, the strongest first; no query is in more than MOST_EACH."""
    total = len(material.keys)
    texts = informative(material, texts, images)
    pairs = np.union1d(np.union1d(texts.pairs, sources.pairs), images.pairs).astype(np.int64)
    strength = np.zeros(len(pairs))
    strength[np.searchsorted(pairs, texts.pairs)] += texts.figures
    strength[np.searchsorted(pairs, sources.pairs)] += 0.3 + 0.3 * sources.figures
    strength[np.searchsorted(pairs, images.pairs)] += 1 - images.figures / (2 * NEAR)
    counts: Counter[int] = Counter()
    for place in np.lexsort((pairs, -strength)):
        first, second = divmod(int(pairs[place]), total)
        if max(counts[first], counts[second]) < MOST_EACH:
            counts.update((first, second))
            reasons: dict[str, Any] = {}
            if (text := figure(texts, pairs[place])) is not None:
                reasons["text"] = text
            if (source := figure(sources, pairs[place])) is not None:
                reasons["source"] = "same" if source else "similar"
            if (image := figure(images, pairs[place])) is not None:
                reasons["image"] = int(image)
            yield first, second, reasons, float(strength[place])


def informative(material: Material, texts: SimilarPairs, images: SimilarPairs) -> SimilarPairs:
    """The pairs but those with a short text in common and different images, as in "Describe the picture"."""
    first, second = np.divmod(texts.pairs, max(len(material.keys), 1))
    lengths, has_image = np.array(material.lengths), np.array(material.has_image, bool)
    long = np.minimum(lengths[first], lengths[second]) >= LONG
    chosen = ~(has_image[first] & has_image[second]) | long | np.isin(texts.pairs, images.pairs)
    return SimilarPairs(texts.pairs[chosen], texts.figures[chosen])


def figure(similar: SimilarPairs, pair: int) -> float | None:
    place = int(np.searchsorted(similar.pairs, pair))
    return float(similar.figures[place]) if place < len(similar.pairs) and similar.pairs[place] == pair else None
