"""Draft, frozen, next version: the only writer of rubrics."""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rubrics.models import Criterion, Level, Rubric
from rubrics.yaml import BadRubric, CriterionFile, RubricFile, text


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


def content_of(rubric: Rubric) -> RubricFile:
    """What a stored rubric was loaded from, with the same hash."""
    fields = {name: getattr(rubric, name) for name in RubricFile.__dataclass_fields__ if name != "criteria"}
    return RubricFile(**fields, criteria=tuple(criterion_of(criterion) for criterion in rubric.criteria.all()))


def criterion_of(criterion: Criterion) -> CriterionFile:
    fields = {name: getattr(criterion, name) for name in ("key", "kind", "title", "description", "na")}
    return CriterionFile(
        **fields,
        weight=plain(criterion.weight),
        points=plain(criterion.points),
        levels={level.value: (level.label, level.descriptor) for level in criterion.levels.all()},
    )


def plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")


@transaction.atomic
def redraft(*, slug: str, criterion: str, level: int, descriptor: str) -> Rubric:
    """Put another descriptor into the rubric's draft, which is its newest version as long as that is not frozen; a frozen one
    gets a next version, the same but for this. Raises BadRubric.
    """
    newest = Rubric.objects.select_for_update().latest_of(slug)
    levels = Level.objects.filter(criterion__rubric=newest, criterion__key=criterion, value=level)
    if newest is None or not levels.exists():
        raise BadRubric(_("The newest version of the rubric has no such level."))
    descriptor = text(descriptor, _("descriptor"), 5_000)
    if newest.frozen_at is None:
        levels.update(descriptor=descriptor)
        digest = content_hash(content_of(newest))
        Rubric.objects.filter(pk=newest.pk).update(content_hash=digest)
        newest.content_hash = digest
        return newest
    return load(content=described(content_of(newest), criterion, level, descriptor))[0]


def described(content: RubricFile, key: str, level: int, descriptor: str) -> RubricFile:
    """The content with another descriptor for the level."""
    changed = [
        replace(item, levels=item.levels | {level: (item.levels[level][0], descriptor)}) if item.key == key else item
        for item in content.criteria
    ]
    return replace(content, criteria=tuple(changed))


@transaction.atomic
def freeze(*, rubric: Rubric) -> None:
    """From now on the version never changes, so that scores can belong to it."""
    Rubric.objects.filter(pk=rubric.pk, frozen_at=None).update(frozen_at=timezone.now())
