"""The results of a study: computed from labels when read, and cached under all that they depend on."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from annotation.agreement.thresholds import FEW_RESPONSES
from annotation.errors import Refused
from annotation.fields import whole_number
from annotation.flow.check import standing_release
from annotation.flow.judgements import AT_ONCE, ProjectCache
from annotation.flow.results.errors import error_tables
from annotation.flow.results.few_labels import few_labels, read_scorer
from annotation.flow.results.headline import headline
from annotation.flow.results.labelled import KINDS, PLAIN, Labelled, current_labels, released_labels
from annotation.flow.results.tables import Systems, criteria_table, difference_rows, group_table, ranked_systems, system_rows
from annotation.models import Project, Release, Scorer

CRITERION = "criterion"
GROUPINGS = ("category", "field", "subfield", CRITERION)
DEFAULT_GROUPINGS = ("category", "field", CRITERION)
FEW = FEW_RESPONSES  # labels: a figure of fewer says little
MOST_CELLS = 20_000  # of one table: each has its interval


def results_report(
    project: Project, by: Iterable[str] = (), labels: str = PLAIN, release: Release | None = None, scorer: str = ""
) -> dict[str, Any]:
    """The results as plain values: percentages, each with its 95 % interval, clustered by query.

    `by` names the tables, of GROUPINGS; without it there are those of DEFAULT_GROUPINGS. `labels` is "plain" or "fair": those of
    now, or with a release those that it has. With the name of a `scorer` there is a part from few labels and many scores. Raises
    Refused.
    """
    return results_report_at(project, by, labels, release, scorer)[0]


def results_report_at(
    project: Project,
    by: Iterable[str] = (),
    labels: str = PLAIN,
    release: Release | None = None,
    scorer: str = "",
    *,
    behind: timedelta = AT_ONCE,
) -> tuple[dict[str, Any], datetime]:
    """The results and the time that they are of; `behind` as in ProjectCache."""
    columns = checked_groupings(by) or list(DEFAULT_GROUPINGS)
    if labels not in KINDS:
        raise Refused(_("labels: expected one of %(known)s, not %(given)s") % {"known": ", ".join(KINDS), "given": labels})
    chosen = read_scorer(project, scorer) if scorer else None
    cache = ProjectCache(project)
    name = ("results", columns, labels, release and release.version, chosen and chosen.pk)
    return cache.get(name, lambda: made(cache, columns, labels, release, chosen), behind=behind)


def read_release(project: Project, text: str) -> Release | None:
    """From an address: None for an empty text. Raises Refused."""
    if not text:
        return None
    number = whole_number(text)
    if number is None:
        raise Refused(_("release: %(project)s has no release %(number)s") % {"project": project.slug, "number": text})
    return standing_release(project, number)


def checked_groupings(by: Iterable[str]) -> list[str]:
    columns = list(dict.fromkeys(by))
    if unknown := [column for column in columns if column not in GROUPINGS]:
        raise Refused(_("by: %(unknown)s is none of %(known)s") % {"unknown": ", ".join(unknown), "known": ", ".join(GROUPINGS)})
    return columns


def made(cache: ProjectCache, columns: list[str], kind: str, release: Release | None, scorer: Scorer | None) -> dict[str, Any]:
    labelled = released_labels(release, kind) if release else current_labels(cache, kind)
    systems = ranked_systems(labelled)
    check_size(labelled, systems, columns)
    rows, differences = system_rows(labelled, systems), difference_rows(labelled, systems)
    criteria = [criteria_table(labelled, systems, part) for part in labelled.parts]
    return {
        "project": cache.project.slug,
        "labels": about_labels(labelled, kind, release),
        "rubrics": [part.rubric.name for part in labelled.parts],
        "headline": headline(rows, criteria, differences),
        "systems": rows,
        "groups": [group_table(labelled, systems, column) for column in columns if column != CRITERION],
        "criteria": criteria if CRITERION in columns else [],
        "differences": differences,
        "errors": error_tables(cache, labelled, systems),
        "scorer": few_labels(cache.project, labelled, systems, scorer) if scorer else None,
    }


def check_size(labelled: Labelled, systems: Systems, columns: list[str]) -> None:
    for column in columns:
        values = 0 if column == CRITERION else len(set(labelled.about(column).tolist()))
        if values * len(systems) > MOST_CELLS:
            told = {"column": column, "values": f"{values:,}", "systems": f"{len(systems):,}"}
            raise Refused(_("by: %(column)s has %(values)s values for %(systems)s systems, too many for a table") % told)


def mixed(labelled: Labelled) -> list[str]:
    """Rubrics of which there are several versions: figures over all of them compare what was measured differently."""
    versions = Counter(part.rubric.slug for part in labelled.parts)
    return [slug for slug, number in versions.items() if number > 1]


def about_labels(labelled: Labelled, kind: str, release: Release | None) -> dict[str, Any]:
    """What the figures rest on. `n` counts the labels, of `responses`; `left_out` says why the others have none; `pool` what was
    drawn from, where samples were."""
    has_value = ~np.isnan(labelled.overall)
    return {
        "kind": kind,
        "release": release and release.version,
        "n": int(has_value.sum()),
        "responses": len(labelled.tasks),
        "queries": len(np.unique(labelled.queries[has_value])),
        "left_out": dict(labelled.left_out),
        "pool": labelled.pool and labelled.pool.plain(),
        "mixed": mixed(labelled),
        "undefined": [
            {"rubric": part.rubric.name, "reason": part.reasons["overall"]}
            for part in labelled.parts
            if "overall" in part.reasons
        ],
    }
