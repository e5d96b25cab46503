"""Which labels differ between two releases of a project, and what has happened between them that explains it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from annotation.flow.release.comparison import Key, LabelRow, compare_labels
from annotation.models import Adjudication, CriterionLabel, Label, Project, Release, Revision, Task

COLUMNS = ("response__query__external_id", "response__system", "response__sample", "rubric__slug")
WHY = {
    "judged": _("judged for the first time since"),
    "revised": _("a judgement revised since"),
    "decided": _("a dispute decided since"),
    "reopened": _("a decision reopened since"),
    "dropped": _("the query dropped since"),
    "rules": _("the rules for disputes and labels changed"),
    "rubric": _("another version of the rubric"),
    "split": _("divided anew"),
    "hold_out": _("other systems held out"),
    "code": _("another version of Sixpoint"),
}


def compare(old: Release, new: Release) -> dict[str, Any]:
    """The labels that are new, gone or changed in `new`, with counts and reasons: keys of WHY. Nothing is written.

    Both are of one project; either may be the older one.
    """
    return {
        "old": old.version,
        "new": new.version,
        "rules": changed_values(old, new, "rule"),
        "options": changed_values(old, new, "options"),
        **compare_labels(
            label_rows(old),
            label_rows(new),
            since=happened_between(*sorted((old, new), key=lambda release: release.made_at)),
            everywhere=changed_everywhere(old, new),
            left_out=reasons_left_out(old) | reasons_left_out(new),
        ),
    }


def tasks_of(rows: Iterable[dict[str, Any]], project: Project) -> list[int]:
    """Those of the responses that some rows of a report name."""
    keys = {(row["id"], row["system"], row["sample"]) for row in rows}
    named = Task.objects.filter(project=project, response__query__external_id__in={query for query, _system, _sample in keys})
    return [pk for pk, *key, _rubric in named.values_list("pk", *COLUMNS) if tuple(key) in keys]


def changed_values(old: Release, new: Release, part: str) -> dict[str, list[Any]]:
    """Per name the value in the old and in the new one, where they differ: of the manifests' rule, or of their options."""
    before, after = old.manifest.get(part, {}), new.manifest.get(part, {})
    pairs = {name: [before.get(name), after.get(name)] for name in sorted(before.keys() | after.keys())}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def changed_everywhere(old: Release, new: Release) -> list[str]:
    changed = {
        "rules": changed_values(old, new, "rule"),
        "hold_out": "hold_out" in changed_values(old, new, "options"),
        "code": old.manifest.get("code_version") != new.manifest.get("code_version"),
    }
    return [reason for reason, holds in changed.items() if holds]


def reasons_left_out(release: Release) -> dict[Key, str]:
    rows = release.manifest.get("left_out", [])
    return {(row["id"], row["system"], row["sample"], row["rubric"].partition("@")[0]): row["reason"] for row in rows}


def label_rows(release: Release) -> Iterator[LabelRow]:
    criteria: defaultdict[int, dict[str, float | bool | None]] = defaultdict(dict)
    frozen = CriterionLabel.objects.filter(label__release=release).values_list("label", "criterion__key", "value", "given")
    for label, key, value, given in frozen.iterator():
        criteria[label][key] = value if given is None else given
    columns = [f"task__{column}" for column in (*COLUMNS, "rubric__version")]
    rows = Label.objects.filter(release=release).values_list("pk", *columns, "split", "overall", "score", "how")
    for pk, query, system, sample, slug, version, split, overall, score, how in rows.iterator():
        yield LabelRow(query, system, sample, f"{slug}@{version}", split, overall, score, how, criteria[pk])


def happened_between(first: Release, second: Release) -> dict[Key, list[str]]:
    """What happened to each response after the first release was made and before the second was."""
    project, period = first.project_id, (first.made_at, second.made_at)
    judgements = Revision.objects.filter(annotation__task__project=project, submitted_at__range=period)
    cases = Adjudication.objects.filter(task__project=project)
    tasks: dict[str, QuerySet[Any, Any]] = {
        "judged": judgements.filter(number=1).values("annotation__task"),
        "revised": judgements.filter(number__gt=1).values("annotation__task"),
        "decided": cases.filter(decided_at__range=period).values("task"),
        "reopened": cases.filter(reopening__at__range=period).values("task"),
        "dropped": Task.objects.filter(project=project, response__query__dropped_at__range=period).values("pk"),
    }
    happened: defaultdict[Key, list[str]] = defaultdict(list)
    for reason, of in tasks.items():
        for key in Task.objects.filter(pk__in=of).values_list(*COLUMNS):
            happened[key].append(reason)
    return happened
