"""Finds queries that may be the same, for a person to look at. docs/duplicates.md says what counts as alike."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
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

LONG = 20  # words; that much in common says something even of queries about different images
MOST_EACH = 10  # pairs of one query: of a hundred copies nobody wants to read each pair
BATCH = 2_000


@dataclass
class Material:
    """The queries of a project, in the order of their keys: what is compared of each."""

    keys: list[int] = field(default_factory=list)
    texts: list[Array] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    pictured: list[bool] = field(default_factory=list)
    shown: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def find(*, project: Project, new: Collection[int]) -> int:
    """Store the pairs of queries that may be the same, one of each being of `new` (primary keys). Returns how many.

    To be called in the transaction that stored the new ones. Three queries; memory grows with the words of the project.
    """
    if not new:
        return 0
    material = read(project)
    are_new = np.isin(np.array(material.keys), np.array(list(new)))
    hashes = dict(Image.objects.filter(project=project).values_list("sha256", "difference_hash").iterator())
    texts = similar_texts(material.texts, are_new)
    sources = shared_sources(material.sources, are_new)
    images = near_images(material.shown, hashes, are_new)
    known = set(PossibleDuplicate.objects.filter(project=project).values_list("first", "second").iterator())
    now = timezone.now()
    rows = (
        PossibleDuplicate(
            project=project,
            first_id=material.keys[first],
            second_id=material.keys[second],
            reasons=reasons,
            strength=strength,
            found_at=now,
        )
        for first, second, reasons, strength in strongest(material, texts, sources, images)
        if (material.keys[first], material.keys[second]) not in known
    )
    return sum(len(PossibleDuplicate.objects.bulk_create(batch)) for batch in iter(lambda: list(islice(rows, BATCH)), []))


def read(project: Project) -> Material:
    found, tokens = Material(), Tokens()
    queries = Query.objects.filter(project=project).in_study().order_by("pk")
    for number, (key, blocks, source) in enumerate(queries.values_list("pk", "blocks", "source").iterator()):
        said = words("\n".join(block["text"] for block in blocks if block["text"]))
        pictures = {block["image"] for block in blocks if block["image"]}
        found.keys.append(key)
        found.texts.append(tokens.of(said))
        found.lengths.append(len(said))
        found.sources.append(source)
        found.pictured.append(bool(pictures))
        for picture in pictures:
            found.shown[picture].append(number)
    return found


def strongest(
    material: Material, texts: SimilarPairs, sources: SimilarPairs, images: SimilarPairs
) -> Iterator[tuple[int, int, dict[str, Any], float]]:
    """Each pair with its reasons and their sum, the strongest first, and of each query no more than MOST_EACH."""
    total = len(material.keys)
    texts = informative(material, texts, images)
    pairs = np.union1d(np.union1d(texts.pairs, sources.pairs), images.pairs).astype(np.int64)
    strength = np.zeros(len(pairs))
    strength[np.searchsorted(pairs, texts.pairs)] += texts.figures
    strength[np.searchsorted(pairs, sources.pairs)] += 0.3 + 0.3 * sources.figures
    strength[np.searchsorted(pairs, images.pairs)] += 1 - images.figures / (2 * NEAR)
    seen: Counter[int] = Counter()
    for place in np.lexsort((pairs, -strength)):
        first, second = divmod(int(pairs[place]), total)
        if max(seen[first], seen[second]) < MOST_EACH:
            seen.update((first, second))
            reasons: dict[str, Any] = {}
            if (text := figure(texts, pairs[place])) is not None:
                reasons["text"] = text
            if (source := figure(sources, pairs[place])) is not None:
                reasons["source"] = "same" if source else "similar"
            if (image := figure(images, pairs[place])) is not None:
                reasons["image"] = int(image)
            yield first, second, reasons, float(strength[place])


def informative(material: Material, texts: SimilarPairs, images: SimilarPairs) -> SimilarPairs:
    """Without the pairs that have different images and a short text in common, as in "Describe the picture"."""
    first, second = np.divmod(texts.pairs, max(len(material.keys), 1))
    lengths, pictured = np.array(material.lengths), np.array(material.pictured, bool)
    long = np.minimum(lengths[first], lengths[second]) >= LONG
    tells = ~(pictured[first] & pictured[second]) | long | np.isin(texts.pairs, images.pairs)
    return SimilarPairs(texts.pairs[tells], texts.figures[tells])


def figure(found: SimilarPairs, pair: int) -> float | None:
    place = int(np.searchsorted(found.pairs, pair))
    return float(found.figures[place]) if place < len(found.pairs) and found.pairs[place] == pair else None
