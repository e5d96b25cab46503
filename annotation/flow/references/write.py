"""Writes a revision of a reference answer: annotators see it when somebody else has approved it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, Fault, Refused, ValidationError, raise_all
from annotation.flow.references.images import stored_images
from annotation.importers.items import Blocks, faults_of_profile, read_blocks, read_profile
from annotation.models import Event, Image, Project, Query, ReferenceAnswer, ReferenceRevision, User
from rubrics.models import Criterion, Rubric

NO_IMAGES: Mapping[str, bytes] = {}
UNCHANGED: Any = object()


def write_answer(
    *,
    query: Query,
    level: int,
    blocks: Any,
    by: User,
    profile: Any = UNCHANGED,
    based_on: int | None = None,
    images: Mapping[str, bytes] = NO_IMAGES,
) -> ReferenceRevision:
    """Add a revision to the query's reference answer of the level, all or nothing.

    An image in a block is the name of one of `images`, which are stored with it, or the key of one that the project has.
    `profile` is its level per rated criterion, of as many as have one, or None; without it that of the revision before stays.
    `based_on` is the number of the revision that was read before, 0 where there was none: then nobody overwrites what
    somebody else has saved meanwhile.

    Raises ValidationError, AlreadyDone where nothing changes, and Refused.
    """
    check_level(query, level)
    checked = checked_blocks(blocks)
    levels = profile if profile is UNCHANGED else checked_profile(query, profile)
    with stored_images(query.project, images) as hashes:
        query = in_study(query)
        content = with_hashes(checked, query.project, hashes)
        answer, _made = ReferenceAnswer.objects.get_or_create(query=query, level=level)
        before = answer.revisions.order_by("number").last()
        number = before.number if before else 0
        if based_on is not None and based_on != number:
            raise Refused(
                _("Somebody else saved revision %(number)s meanwhile: look at it, then save yours.") % {"number": number}
            )
        if levels is UNCHANGED:
            levels = before.profile if before else None
        if before and (before.blocks, before.profile) == (content, levels):
            raise AlreadyDone(_("Nothing was changed: revision %(number)s says the same.") % {"number": number})
        revision = ReferenceRevision.objects.create(answer=answer, number=number + 1, blocks=content, profile=levels, made_by=by)
        data = {"query": query.external_id, "level": level, "revision": revision.number}
        Event.objects.create(project=query.project, verb=Event.Verb.REFERENCE_WRITTEN, by=by, data=data)
    return revision


def rubric_of(query: Query) -> Rubric | None:
    """By whose scale the query's reference answers have levels: the newest version of its category's."""
    return Rubric.objects.filter(projects=query.project_id, category=query.category).order_by("-version").first()


def check_level(query: Query, level: int) -> None:
    """Raises ValidationError."""
    rubric = rubric_of(query)
    if rubric is None:
        raise ValidationError({"level": _("the project has no rubric for %(category)s") % {"category": query.category}})
    if not rubric.scale_min <= level <= rubric.scale_max:
        expected = _("expected a level from %(low)s to %(high)s") % {"low": rubric.scale_min, "high": rubric.scale_max}
        raise ValidationError({"level": f"{level}: {expected}"})


def checked_blocks(blocks: Any) -> Blocks:
    """The blocks by the rules of an import; some there must be. Raises ValidationError."""
    try:
        checked = read_blocks(blocks, "blocks")
    except Fault as fault:
        raise ValidationError({each.field: each.error for each in fault.all}) from fault
    if not checked:
        raise ValidationError({"blocks": _("expected a text or an image")})
    return checked


def checked_profile(query: Query, profile: Any) -> dict[str, int] | None:
    """By the rules of an import, for the newest rubric; None where no criterion has a level. Raises ValidationError."""
    rubric = rubric_of(query)
    assert rubric is not None  # check_level has asked
    rated = set(rubric.criteria.filter(kind=Criterion.Kind.RATED).values_list("key", flat=True))
    try:
        checked = read_profile(profile, "profile")
        raise_all(list(faults_of_profile(checked, rated, (rubric.scale_min, rubric.scale_max), "profile")))
    except Fault as fault:
        raise ValidationError({each.field: each.error for each in fault.all}) from fault
    return checked or None


def in_study(query: Query) -> Query:
    """The query as it is now, with its project locked against other writers of reference answers. Raises Refused."""
    Project.objects.select_for_update(no_key=True).get(pk=query.project_id)
    query = Query.objects.select_related("project").get(pk=query.pk)
    if query.dropped_at:
        raise Refused(_("%(query)s was dropped: it is excluded from the study.") % {"query": query})
    return query


def with_hashes(blocks: Blocks, project: Project, hashes: Mapping[str, str]) -> Blocks:
    """The blocks with each image named by its hash. Raises ValidationError."""
    named = {block["image"] for block in blocks if block["image"] and block["image"] not in hashes}
    of_name = dict(Image.objects.filter(project=project, key__in=named).values_list("key", "sha256")) | dict(hashes)
    faults = {
        f"blocks[{place}].image": _("expected an image of the project or an uploaded one")
        for place, block in enumerate(blocks)
        if block["image"] and block["image"] not in of_name
    }
    if faults:
        raise ValidationError(faults)
    return [{"text": block["text"], "image": block["image"] and of_name[block["image"]]} for block in blocks]
