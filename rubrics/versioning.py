"""Draft, frozen, next version: the only writer of rubrics."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from rubrics.models import Criterion, Level, Rubric
from rubrics.yaml import CriterionFile, RubricFile


def content_hash(content: RubricFile) -> str:
    """sha256 of the whole content; the layout of the file does not matter."""
    text = json.dumps(content.canonical(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def load(*, content: RubricFile) -> tuple[Rubric, bool]:
    """Store the content as the next version of its slug, and return it with True; with False the newest version, if it has this
    content already."""
    newest = Rubric.objects.select_for_update().latest_of(content.slug)
    digest = content_hash(content)
    if newest and newest.content_hash == digest:
        return newest, False
    rubric = Rubric.objects.create(version=newest.version + 1 if newest else 1, content_hash=digest, **content.rubric_fields())
    for place, criterion in enumerate(content.criteria):
        add_criterion(rubric, place, criterion)
    return rubric, True


def add_criterion(rubric: Rubric, place: int, content: CriterionFile) -> None:
    fields: dict[str, Any] = (
        {"weight": Decimal(str(content.weight)), "na": content.na}
        if content.kind == Criterion.Kind.RATED
        else {"points": Decimal(str(content.points))}
    )
    criterion = Criterion.objects.create(
        rubric=rubric,
        place=place,
        key=content.key,
        kind=content.kind,
        title=content.title,
        description=content.description,
        **fields,
    )
    Level.objects.bulk_create(
        Level(criterion=criterion, value=value, label=label, descriptor=descriptor)
        for value, (label, descriptor) in sorted(content.levels.items())
    )


@transaction.atomic
def freeze(*, rubric: Rubric) -> None:
    """From now on the version never changes, so that scores can belong to it."""
    Rubric.objects.filter(pk=rubric.pk, frozen_at=None).update(frozen_at=timezone.now())
