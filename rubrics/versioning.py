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
    """sha256 over the whole content, however the file was laid out."""
    text = json.dumps(content.canonical(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def load(*, content: RubricFile) -> tuple[Rubric, bool]:
    """Store the content as its slug's next version; the newest version, and False, when it is that already."""
    newest = Rubric.objects.select_for_update().latest_of(content.slug)
    digest = content_hash(content)
    if newest and newest.content_hash == digest:
        return newest, False
    rubric = Rubric.objects.create(version=newest.version + 1 if newest else 1, content_hash=digest, **content.rubric_fields())
    for place, given in enumerate(content.criteria):
        add_criterion(rubric, place, given)
    return rubric, True


def add_criterion(rubric: Rubric, place: int, given: CriterionFile) -> None:
    fields: dict[str, Any] = (
        {"weight": Decimal(str(given.weight)), "na": given.na}
        if given.kind == Criterion.Kind.RATED
        else {"points": Decimal(str(given.points))}
    )
    criterion = Criterion.objects.create(
        rubric=rubric,
        place=place,
        key=given.key,
        kind=given.kind,
        title=given.title,
        description=given.description,
        **fields,
    )
    Level.objects.bulk_create(
        Level(criterion=criterion, value=value, label=label, descriptor=descriptor)
        for value, (label, descriptor) in sorted(given.levels.items())
    )


@transaction.atomic
def freeze(*, rubric: Rubric) -> None:
    """From now on the version never changes: scores belong to it."""
    Rubric.objects.filter(pk=rubric.pk, frozen_at=None).update(frozen_at=timezone.now())
