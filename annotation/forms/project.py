"""The forms of a project's settings: a new project, its settings, the annotators per response, a copy."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.text import slugify

from annotation.models import Project
from rubrics.models import Rubric

NEW = {"title": "", "slug": "", "overlap": "3", "seed": "0", "larger_share": "0", "larger_overlap": ""}


class Field(NamedTuple):
    """A field as the page shows it: its name, what was posted or else what is stored, and what is wrong with it."""

    name: str
    value: Any
    fault: str


def fields(values: Mapping[str, Any], post: QueryDict | None, faults: Mapping[str, str]) -> dict[str, Field]:
    """Every field of the page by its name; `values` has what is stored."""
    return {
        name: Field(name, "" if (shown := post.get(name, value) if post else value) is None else shown, faults.get(name, ""))
        for name, value in values.items()
    }


def posted_project(post: QueryDict) -> dict[str, Any]:
    """The arguments of create_project. A slug that is left empty is made of the title."""
    title, slug = post.get("title", "").strip(), post.get("slug", "").strip()
    rubrics = [name for name in post.getlist("rubrics") if name]
    return {
        "title": title,
        "slug": slug or slug_of(title),
        "rubrics": rubrics,
        "seed": post.get("seed", ""),
        **posted_overlap(post),
    }


def posted_settings(post: QueryDict, fixed: Mapping[str, str]) -> dict[str, Any]:
    """The changes of the settings' form, which shows no field for what is fixed."""
    changes: dict[str, Any] = {key: post.get(key, "") for key in ("title", "lease_minutes")}
    if "seed" not in fixed:
        changes["seed"] = post.get("seed", "")
    if "rubrics" not in fixed:
        changes["rubrics"] = [name for name in post.getlist("rubrics") if name]
    return changes


def slug_of(title: str) -> str:
    return slugify(title)[:100].strip("-")


def posted_overlap(post: QueryDict) -> dict[str, Any]:
    """The annotators per response as the flow takes them; the page has the share in percent, and empty is none."""
    share = post.get("larger_share", "").strip() or "0"
    return {
        "overlap": post.get("overlap", ""),
        "larger_share": share_of(share),
        "larger_overlap": post.get("larger_overlap", "").strip() or None,
    }


def share_of(percent: str) -> Any:
    """The text itself where it is no number: the flow then refuses it."""
    try:
        return float(percent.removesuffix("%").replace(",", ".")) / 100
    except ValueError:
        return percent


def overlap_values(project: Project) -> dict[str, Any]:
    """As posted_overlap reads them."""
    return {
        "overlap": project.overlap,
        "larger_share": f"{100 * project.larger_share:.10g}",
        "larger_overlap": project.larger_overlap,
    }


def choices(rubrics: Sequence[Rubric], chosen: Sequence[str]) -> list[tuple[str, list[tuple[Rubric, bool]]]]:
    """The rubrics of each category, which they are sorted by, each with whether it is chosen."""
    return [
        (category, [(rubric, rubric.name in chosen) for rubric in group])
        for category, group in groupby(rubrics, key=lambda rubric: rubric.category)
    ]
