"""What the files of a release hold: the labels, one after another with their texts, the ratings, and what the manifest says."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import orjson

from annotation.agreement import Resamples, forget_resamples
from annotation.exporters import About, Content, ErrorRecord, LabelRecord
from annotation.flow.agree import report
from annotation.flow.batches import batched
from annotation.flow.labels import TaskLabel
from annotation.flow.progress import COMPUTING, WRITING, Progress, silent
from annotation.flow.release.draft import Draft
from annotation.flow.release.feedback import read_feedback
from annotation.flow.release.images import ReleaseImages, read_original
from annotation.flow.release.options import size_text
from annotation.flow.release.records import RecordBuilder, Texts, rubric_text
from annotation.flow.tables import StudyTables, decision_records, pseudonyms, rating_sheets, remark_records
from annotation.models import Adjudication, Assignment, Decision, ErrorMark, How, Revision, Task
from annotation.sql.rows import raw_rows
from config.version import code_version
from rubrics.models import Rubric

DROPPED = "query_dropped"
RULE = ("pair_gap", "group_range", "penalties", "applicability", "holistic", "cut_off", "labels_from")  # what makes labels
BATCH = 500  # labels whose texts are in memory at once
DIGITS = 10  # after the point, of figures: those further down depend on the processor, and on how many of its cores add up


def content_of(draft: Draft, progress: Progress = silent) -> Content:
    """`progress` is told of each label that is written."""
    images, called = ReleaseImages(draft.project), pseudonyms(draft.project)
    records = RecordBuilder(draft.project, read_feedback(draft.project, draft.options.seed), draft.fair, images.name)
    study = StudyTables(draft.project, draft.splits)
    rubrics = sorted(
        Rubric.objects.with_content().filter(projects=draft.project), key=lambda rubric: (rubric.slug, rubric.version)
    )
    return Content(
        about=About(
            project=draft.project.slug,
            title=draft.project.title,
            rubrics={rubric.name: rubric_text(rubric) for rubric in rubrics},
            manifest=manifest_of(draft, rubrics),
        ),
        agreement=lambda: agreement_of(draft),
        labels=lambda: label_records(draft, records, images, progress),
        ratings=lambda: rating_sheets(study),
        remarks=lambda: remark_records(study),
        decisions=lambda: decision_records(study),
        annotators=tuple(sorted({called[pk] for matrix in draft.matrices for pk in matrix.annotator_pks})),
        read_image=images.read,
        seen=images.seen,
        read_original=read_original if draft.options.originals else None,
    )


def label_records(draft: Draft, records: RecordBuilder, images: ReleaseImages, progress: Progress) -> Iterator[LabelRecord]:
    """In the order of their keys. Texts are read, and images looked at, for BATCH labels at a time."""
    done, total = 0, len(draft.released)
    errors = errors_of(draft)
    for part in batched(draft.released, BATCH):
        images.look_at(frozenset().union(*(draft.images[label.task.id] for label in part)))
        for record in records.labels(part, draft.splits, texts_of(part), errors):
            progress(WRITING, done, total)
            yield record
            done += 1
    progress(COMPUTING, 0, total)  # what comes after the labels, tables and texts, tells nothing


def texts_of(labels: list[TaskLabel]) -> dict[int, Texts]:
    """By task."""
    columns = ("pk", "response__query__blocks", "response__query__correct_answer", "response__blocks")
    rows = Task.objects.filter(pk__in=[label.task.id for label in labels]).order_by().values_list(*columns)
    return {
        task: Texts(orjson.loads(question), correct and orjson.loads(correct), orjson.loads(response))
        for task, question, correct, response in raw_rows(rows)
    }


def errors_of(draft: Draft) -> dict[int, tuple[ErrorRecord, ...]]:
    """By released task, the errors that are marked in the revisions which its label rests on, by type and block."""
    revisions = {pk for label in draft.released for pk in label.task.revisions}
    marks = ErrorMark.objects.filter(revision__annotation__task__project=draft.project).order_by()
    columns = ("revision", "revision__annotation__task", "error_type__place", "error_type__key", "block")
    rows = marks.values_list(*columns).iterator()
    counts = Counter((task, place, key, block or 0) for revision, task, place, key, block in rows if revision in revisions)
    errors: defaultdict[int, tuple[ErrorRecord, ...]] = defaultdict(tuple)
    for (task, _place, key, block), count in sorted(counts.items()):
        errors[task] += (ErrorRecord(key, block, count),)
    return errors


def manifest_of(draft: Draft, rubrics: list[Rubric]) -> dict[str, Any]:
    """What the manifest says before its files, but for the agreement."""
    left_out = left_out_of(draft)
    options, rules = draft.options, draft.project.rules.as_values()
    how = Counter(label.how.value for label in draft.released)
    ratings = sum(int(matrix.submitted.sum()) * len(matrix.rubric.criteria.all()) for matrix in draft.matrices)
    return {
        "project": draft.project.slug,
        "title": draft.project.title,
        "code_version": code_version(),
        "options": options.as_values(),
        "rubrics": [{"slug": rubric.slug, "version": rubric.version, "hash": rubric.content_hash} for rubric in rubrics],
        "seed": options.seed,
        "check_size": size_text(options.check),
        "hold_out": sorted(set(options.hold_out)),
        "template": draft.template.name,
        "score_without_feedback": draft.template.score_without_feedback,
        "split": {name: held["responses"] for name, held in draft.division.contents.items()},
        "splits": draft.division.contents,
        "split_from": draft.division.split_from,
        "rule": {"label": "mean"} | {name: rules[name] for name in RULE},
        "counts": {
            **draft.counts,
            "released": len(draft.released),
            "agreed": how["agreed"],
            "adjudicated": how["adjudicated"],
            **({"mixed_in": mixed_in} if (mixed_in := count_mixed_in(draft)) else {}),  # of the adjudicated
            "revised": sum(label.revised for label in draft.released),
            "ratings": ratings,
            "not_independent": Revision.objects.not_independent(draft.project).count(),
        },
        "people": people(draft),
        "agreement": None,  # its place: the figures come once the labels are written
        "left_out": left_out,
        "left_out_counts": dict(sorted(Counter(row["reason"] for row in left_out).items())),
    }


def count_mixed_in(draft: Draft) -> int:
    """How many of the adjudicated labels are of responses that were not in dispute."""
    disputed = Decision.objects.of_disputes().filter(adjudication__task__project=draft.project)
    tasks = set(disputed.values_list("adjudication__task", flat=True))
    return sum(label.how == How.ADJUDICATED and label.task.id not in tasks for label in draft.released)


def agreement_of(draft: Draft) -> list[dict[str, Any]]:
    agreement: list[dict[str, Any]] = steady(report.groups(draft.matrices, [], Resamples(draft.options.seed)))
    forget_resamples()  # a release writes long after it has resampled
    return agreement


def people(draft: Draft) -> dict[str, Any]:
    """How many judged what is released, in general terms: nobody can be told from it."""
    tasks = {label.task.id for label in draft.released}
    decided = Adjudication.objects.standing().decided().filter(task__project=draft.project).values_list("task", "decided_by")
    numbers = Counter(len(label.task.annotators) for label in draft.released)
    imported = Assignment.objects.filter(task__project=draft.project, reason=Assignment.Reason.IMPORT)
    return {
        "annotators": len({name for label in draft.released for name in label.task.annotators}),
        "adjudicators": len({person for task, person in decided.iterator() if task in tasks}),
        "annotators_per_response": {str(number): numbers[number] for number in sorted(numbers)},
        "imported": imported.count(),
    }


def steady(figures: Any) -> Any:
    """The same on every machine: numbers rounded to as many digits as are."""
    if isinstance(figures, dict):
        return {key: steady(value) for key, value in figures.items()}
    if isinstance(figures, list):
        return [steady(value) for value in figures]
    return round(figures, DIGITS) + 0.0 if isinstance(figures, float) else figures  # never -0.0


def left_out_of(draft: Draft) -> list[dict[str, Any]]:
    """Each response that is not released, with the reason; those of dropped queries too, which the draft does not hold."""
    rows = [(*label.task.key, draft.left_out(label)) for label in draft.labels if label.task.id not in draft.splits]
    columns = ("response__query__external_id", "response__system", "response__sample", "rubric__slug", "rubric__version")
    dropped = Task.objects.dropped(draft.project).values_list(*columns)
    rows += [(query, system, sample, f"{slug}@{version}", DROPPED) for query, system, sample, slug, version in dropped]
    return [dict(zip(("id", "system", "sample", "rubric", "reason"), row, strict=True)) for row in sorted(rows)]
