"""Turns labels and ratings into the records that the exporters write: people under pseudonyms, images by name."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np

from annotation.exporters import (
    Block,
    CriterionRecord,
    CriterionText,
    ErrorRecord,
    FairRecord,
    LabelRecord,
    PenaltyRecord,
    PenaltyText,
    RubricText,
)
from annotation.flow.judgements import Array, RatingMatrix, TaskColumn
from annotation.flow.labels import OVERALL, FairTable, TaskLabel
from annotation.flow.release.feedback import Feedback
from annotation.flow.tables.study import pseudonyms
from annotation.models import Blocks, Project
from rubrics.models import Criterion, Rubric

Ratings = tuple[int | None, ...]  # of one criterion; None is not applicable


class Texts(NamedTuple):
    """The blocks of a response and of its query, as they are stored."""

    question: Blocks
    correct_answer: Blocks | None
    response: Blocks


class Figures(NamedTuple):
    """Of a task: the criteria of its rubric that are rated, its penalties, and by their keys its ratings and fair values."""

    rated: list[Criterion]
    penalties: list[Criterion]
    ratings: Mapping[str, Ratings]
    fair: Mapping[str, FairRecord]


class RecordBuilder:
    """`fair` has the table with the fair values of each task; `name` names an image by its digest."""

    def __init__(
        self,
        project: Project,
        feedback: Feedback,
        fair: Mapping[int, FairTable],
        name: Callable[[str], str],
    ) -> None:
        self.pseudonyms = pseudonyms(project)
        self.feedback = feedback
        self.fair = fair
        self.name = name

    def ratings_of(self, matrix: RatingMatrix, tasks: Sequence[TaskColumn]) -> Iterator[dict[str, Ratings]]:
        """Of each of the matrix's tasks, per criterion, in the order of the pseudonyms."""
        order = sorted(range(len(matrix.annotators)), key=lambda row: self.pseudonyms[matrix.annotator_pks[row]])
        part = np.ix_(order, [task.place for task in tasks])
        judged = matrix.submitted[part].T
        ratings = {key: whole_numbers(values[part].T[judged]) for key, values in matrix.values.items()}
        for start, end in pairwise([0, *np.cumsum(judged.sum(axis=1)).tolist()]):
            yield {key: values[start:end] for key, values in ratings.items()}

    def blocks(self, stored: Blocks) -> tuple[Block, ...]:
        return tuple(Block(block["text"], self.image_name(block["image"])) for block in stored)

    def image_name(self, digest: str | None) -> str | None:
        return self.name(digest) if digest else None

    def fitting(self, label: TaskLabel) -> str | None:
        """The feedback that a scorer learns to give."""
        return self.feedback.fitting(label, self.pseudonyms)

    def labels(
        self,
        labels: Sequence[TaskLabel],
        splits: Mapping[int, str],
        texts: Mapping[int, Texts],
        errors: Mapping[int, tuple[ErrorRecord, ...]],
    ) -> Iterator[LabelRecord]:
        """In their order; `splits`, `texts` and `errors` are by task."""
        figures = self.figures([label.task for label in labels])
        for label in labels:
            task = label.task.id
            yield self.label(label, splits[task], texts[task], errors.get(task, ()), figures[task])

    def figures(self, tasks: Iterable[TaskColumn]) -> dict[int, Figures]:
        """By task: of all tasks under one rubric at once, since looking at one alone takes long."""
        figures = {}
        for _name, of_rubric in groupby(sorted(tasks, key=rubric_name), key=rubric_name):
            group = list(of_rubric)
            criteria = rated(group[0].rubric), penalties(group[0].rubric)
            fair = self.fair[group[0].id].of_tasks([task.id for task in group])
            for task, ratings in zip(group, self.ratings_of(group[0].matrix, group), strict=True):
                records = {key: FairRecord(*value) for key, value in fair[task.id].items()}
                figures[task.id] = Figures(*criteria, ratings, records)
        return figures

    def label(self, label: TaskLabel, split: str, texts: Texts, errors: tuple[ErrorRecord, ...], figures: Figures) -> LabelRecord:
        task = label.task
        correct = texts.correct_answer if task.rubric.shows_correct_answer else None
        assert label.overall is not None
        return LabelRecord(
            id=task.query,
            system=task.system,
            sample=task.sample,
            category=task.category,
            field=task.field,
            subfield=task.subfield,
            rubric=task.rubric.name,
            split=split,
            overall=label.overall,
            score=label.score,
            percent=label.percent,
            how=label.how.value,
            fair=figures.fair[OVERALL],
            criteria=dict(criterion_records(label, figures)),
            penalties=dict(penalty_records(label, figures)),
            revised=label.revised,
            errors=errors,
            feedback=self.feedback.of(task),
            fitting_feedback=self.fitting(label),
            question=self.blocks(texts.question),
            correct_answer=None if correct is None else self.blocks(correct),
            response=self.blocks(texts.response),
        )


def rubric_name(task: TaskColumn) -> str:
    return task.rubric.name


def whole_numbers(ratings: Array) -> Ratings:
    return tuple(None if rating != rating else int(rating) for rating in ratings.tolist())


def criterion_records(label: TaskLabel, figures: Figures) -> Iterator[tuple[str, CriterionRecord]]:
    for criterion in figures.rated:
        key, value = criterion.key, label.criteria[criterion.key]
        yield key, CriterionRecord(value.value, figures.ratings[key], value.how.value, figures.fair[key])


def penalty_records(label: TaskLabel, figures: Figures) -> Iterator[tuple[str, PenaltyRecord]]:
    for criterion in figures.penalties:
        value, judged = label.criteria[criterion.key], figures.ratings[criterion.key]
        yield criterion.key, PenaltyRecord(bool(value.applies), tuple(rating == 1 for rating in judged), value.how.value)


def rated(rubric: Rubric) -> list[Criterion]:
    return [criterion for criterion in rubric.criteria.all() if criterion.is_rated]


def penalties(rubric: Rubric) -> list[Criterion]:
    return [criterion for criterion in rubric.criteria.all() if not criterion.is_rated]


def rubric_text(rubric: Rubric) -> RubricText:
    return RubricText(
        name=rubric.name,
        title=rubric.title,
        lowest=rubric.overall_min,
        highest=rubric.overall_max,
        criteria=tuple(
            CriterionText(
                criterion.key,
                criterion.title,
                criterion.description,
                tuple((level.value, level.descriptor) for level in criterion.levels.all()),
            )
            for criterion in rated(rubric)
        ),
        penalties=tuple(
            PenaltyText(criterion.key, criterion.title, criterion.description, points(criterion))
            for criterion in penalties(rubric)
        ),
        levels=tuple(range(rubric.scale_min, rubric.scale_max + 1)),
    )


def points(criterion: Criterion) -> str:
    number = Fraction(criterion.points or 0)
    return f"{float(number):g} point" + ("" if number == 1 else "s")
