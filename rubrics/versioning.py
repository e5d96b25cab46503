"""Draft, frozen, next version: the only writer of rubrics."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rubrics.checks import BadRubric, bad_field, text
from rubrics.models import Authorship, Criterion, ExampleImage, Level, Rubric
from rubrics.pictures import Picture, examined
from rubrics.yaml import CriterionFile, RubricFile

UNSAVED = timedelta(days=7)  # for which a form may stay open in a browser


class Conflict(Exception):
    """The stored rubric is not what the caller takes it for: frozen, changed by somebody else, or no longer the newest."""


def content_hash(content: RubricFile) -> str:
    """sha256 of the whole content; the layout of the file does not matter."""
    text = json.dumps(content.canonical(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def load(*, content: RubricFile, by: Any = None) -> tuple[Rubric, bool]:
    """Store the content as the next version of its slug, and return it with True; with False the newest version, if it has this
    content already."""
    newest = Rubric.objects.select_for_update().latest_of(content.slug)
    if newest and newest.content_hash == content_hash(content):
        return newest, False
    return store(content, newest.version + 1 if newest else 1, by), True


@transaction.atomic
def load_by(*, content: RubricFile, by: Any) -> tuple[Rubric, bool]:
    """As `load`, by somebody who may begin rubrics. Raises BadRubric where the slug is that of a rubric they may not write."""
    if not Rubric.objects.writable_by(by).filter(slug=content.slug).exists():
        return begin(content=content, by=by), True
    return load(content=content, by=by)


def add_image(*, content: bytes, field: str = "image") -> str:
    """Store an image for examples; `delete_unused_images` deletes it if no level has it in time. Returns its SHA-256.

    Raises BadRubric, of the field, for what is no image.
    """
    picture = examined(content, field)
    store_picture(picture)
    return picture.sha256


def store_picture(picture: Picture) -> None:
    fields = {"format": picture.format, "original": picture.original, "shown": picture.shown, "uploaded_at": timezone.now()}
    ExampleImage.objects.get_or_create(sha256=picture.sha256, defaults=fields)


def keep_images(content: RubricFile) -> None:
    """Store the images that came with the content. Raises BadRubric where it names one that is neither there nor stored."""
    for picture in content.pictures.values():
        store_picture(picture)
    for number, criterion in enumerate(content.criteria, 1):
        for value, digest in criterion.example_images.items():
            # as if it were uploaded now: whoever deletes old ones at this moment leaves it
            if not ExampleImage.objects.filter(sha256=digest).update(uploaded_at=timezone.now()):
                field = f"criteria[{number}].levels.{value}.example.image"
                raise bad_field(field, _("%(field)s: there is no such image") % {"field": field})


def delete_unused_images(*, dry_run: bool = False) -> int:
    """Those that no level has a week after they were uploaded; how many there were."""
    used = Level.objects.exclude(example_image=None).values("example_image")
    unused = ExampleImage.objects.filter(uploaded_at__lt=timezone.now() - UNSAVED).exclude(sha256__in=used)
    return unused.count() if dry_run else unused.delete()[0]


def store(content: RubricFile, version: int, by: Any) -> Rubric:
    digest = content_hash(content)
    rubric = Rubric.objects.create(version=version, content_hash=digest, **content.rubric_fields())
    if by is not None:
        Authorship.objects.create(rubric=rubric, user=by)
    add_criteria(rubric, content)
    return rubric


def begin(*, content: RubricFile, by: Any) -> Rubric:
    """Version 1 of a new slug, as a draft. Raises BadRubric where the slug is taken."""
    try:
        with transaction.atomic():
            if Rubric.objects.filter(slug=content.slug).exists():
                raise IntegrityError
            return store(content, 1, by)
    except IntegrityError as error:
        taken = _("slug: there is a rubric %(slug)s already") % {"slug": content.slug}
        raise bad_field("slug", taken) from error


@transaction.atomic
def write(*, rubric: Rubric, content: RubricFile, by: Any, was: str = "") -> Rubric:
    """Put the content into the version if it is a draft, else into the next version, which begins with it.

    `was` is the hash of the content that the caller read, if they say so. Raises BadRubric where the slug is another one, and
    Conflict where the version has changed since, or where the next version is begun already.
    """
    if content.slug != rubric.slug:
        raise bad_field("slug", _("slug: expected %(slug)s: another slug is another rubric") % {"slug": rubric.slug})
    newest = Rubric.objects.select_for_update().latest_of(rubric.slug)
    current = Rubric.objects.select_for_update().get(pk=rubric.pk)
    if was and was != current.content_hash:
        raise Conflict(_("%(rubric)s was changed by somebody else in the meantime.") % {"rubric": current.name})
    if not current.frozen_at:
        return replace_content(current, content)
    if newest and newest.pk != current.pk and not newest.frozen_at:
        raise Conflict(_("%(rubric)s is the draft of the next version: change that one.") % {"rubric": newest.name})
    return load(content=content, by=by)[0]


@transaction.atomic
def change(*, rubric: Rubric, content: RubricFile, by: Any, was: str = "") -> Rubric:
    """As `write`, of a draft alone. Raises Conflict where the version is frozen."""
    if Rubric.objects.select_for_update().get(pk=rubric.pk).frozen_at:
        raise Conflict(_("%(rubric)s is frozen and never changes: begin its next version.") % {"rubric": rubric.name})
    return write(rubric=rubric, content=content, by=by, was=was)


@transaction.atomic
def begin_next(*, rubric: Rubric, content: RubricFile, by: Any) -> Rubric:
    """As `write`, of a frozen version alone. Raises Conflict where it is a draft."""
    if not Rubric.objects.select_for_update().get(pk=rubric.pk).frozen_at:
        raise Conflict(_("%(rubric)s is a draft: change it, or freeze it first.") % {"rubric": rubric.name})
    return write(rubric=rubric, content=content, by=by)


def replace_content(draft: Rubric, content: RubricFile) -> Rubric:
    """Nothing points at the criteria of a draft: a project freezes what it uses."""
    Level.objects.filter(criterion__rubric=draft).delete()
    Criterion.objects.filter(rubric=draft).delete()
    for name, value in (content.rubric_fields() | {"content_hash": content_hash(content)}).items():
        setattr(draft, name, value)
    draft.save()
    add_criteria(draft, content)
    return draft


def add_criteria(rubric: Rubric, content: RubricFile) -> None:
    keep_images(content)
    for place, criterion in enumerate(content.criteria):
        add_criterion(rubric, place, criterion)


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
        Level(
            criterion=criterion,
            value=value,
            label=label,
            descriptor=descriptor,
            example=content.examples.get(value),
            example_image=content.example_images.get(value),
        )
        for value, (label, descriptor) in sorted(content.levels.items())
    )


def content_of(rubric: Rubric) -> RubricFile:
    """What a stored rubric was loaded from, with the same hash."""
    others = ("criteria", "translations", "pictures")
    fields = {name: getattr(rubric, name) for name in RubricFile.__dataclass_fields__ if name not in others}
    return RubricFile(
        **fields,
        translations=rubric.translations or {},
        criteria=tuple(criterion_of(criterion) for criterion in rubric.criteria.all()),
    )


def criterion_of(criterion: Criterion) -> CriterionFile:
    fields = {name: getattr(criterion, name) for name in ("key", "kind", "title", "description", "na")}
    return CriterionFile(
        **fields,
        weight=plain(criterion.weight),
        points=plain(criterion.points),
        levels={level.value: (level.label, level.descriptor) for level in criterion.levels.all()},
        examples={level.value: level.example for level in criterion.levels.all() if level.example},
        example_images={level.value: level.example_image for level in criterion.levels.all() if level.example_image},
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
