"""A rubric as plain data, for the API, the pages and releases."""

from decimal import Decimal
from typing import Any

from django.urls import reverse

from rubrics.models import Criterion, Level, Rubric
from rubrics.translations import translated


def rubric_content(rubric: Rubric, language: str | None = None) -> dict[str, Any]:
    """The `rubric` of a claim, in the language where the rubric has words in it. Asks the database nothing when the rubric comes
    from `with_content`."""
    content = {
        "slug": rubric.slug,
        "version": rubric.version,
        "title": rubric.title,
        "scale": {"min": rubric.scale_min, "max": rubric.scale_max},
        "overall": {"method": rubric.overall_method, "min": rubric.overall_min, "max": rubric.overall_max},
        "guidance": rubric.guidance,
        "criteria": [criterion_content(criterion) for criterion in rubric.criteria.all()],
    }
    return translated(content, rubric.translations, language)


def criterion_content(criterion: Criterion) -> dict[str, Any]:
    head = {
        "key": criterion.key,
        "kind": criterion.kind,
        "title": criterion.title,
        "description": criterion.description,
    }
    if not criterion.is_rated:
        return head | {"points": number(criterion.points)}
    levels = [level_content(level) for level in criterion.levels.all()]
    return head | {"weight": number(criterion.weight), "na": criterion.na, "levels": levels}


def level_content(level: Level) -> dict[str, Any]:
    """With an example where the level has one: its text, and the address of its image."""
    content = {"value": level.value, "label": level.label, "descriptor": level.descriptor}
    text = {"example": level.example} if level.example else {}
    image = {"example_image": reverse("rubrics:image", args=[level.example_image])} if level.example_image else {}
    return content | text | image


def number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
