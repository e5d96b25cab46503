"""The rating matrix: the judgements under one rubric, as arrays of annotators x responses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from rubrics.models import Criterion, Rubric
from rubrics.scoring import overall_of

Array = Any  # numpy's types say little more than that
PER_RESPONSE = ("tasks", "complete", "changed", "queries", "query_ids", "samples")
PER_JUDGEMENT = {"holistic": np.nan, "seconds": np.nan, "days": 0, "revisions": 0, "revised": False}  # and what stands for none
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class RatingMatrix:
    """The judgements under one rubric, one for each annotator and response: the first ones, or those that labels take.

    Responses stand in the order of their keys (query, system, sample, by code point), annotators in that of the names with
    which they came, so that sums run in the same order on every database, whoever was renamed. `values` has an array of
    annotators x responses for each criterion, NaN where there is no rating; a penalty is 1 or 0. `about` has an array of
    strings for each column.
    """

    rubric: Rubric
    tasks: Array  # primary keys
    complete: Array  # whether every independent slot has been submitted
    changed: Array  # whether scores were submitted since its decision; nothing in this matrix is of them
    queries: Array  # a number for each query: the cluster of its responses
    query_ids: Array
    samples: Array
    about: Mapping[str, Array]
    annotators: list[str]
    annotator_pks: list[int]
    values: Mapping[str, Array]
    # of each criterion that may be not applicable: whether annotators could say so of the response; only of whole projects
    free: Mapping[str, Array]
    holistic: Array
    seconds: Array
    days: Array  # of the submission, as ordinals; 0 where there is none
    revisions: Array  # primary keys; 0 where there is none
    revised: Array  # whether the judgement is a later revision than the first

    @property
    def scale(self) -> range:
        return range(self.rubric.scale_min, self.rubric.scale_max + 1)

    @property
    def rated_criteria(self) -> list[Criterion]:
        return [criterion for criterion in self.rubric.criteria.all() if criterion.is_rated]

    @property
    def columns(self) -> list["TaskColumn"]:
        return [TaskColumn(self, place, task) for place, task in enumerate(self.tasks.tolist())]

    @cached_property
    def submitted(self) -> Array:
        """Annotators x responses: whether there is a judgement, even one in which no criterion is applicable."""
        return self.days > 0

    def applicable(self, key: str) -> Array:
        """Annotators x responses: 1 where the annotator rated the criterion, 0 where it was "not applicable" to them; NaN where
        there is no judgement."""
        return np.where(self.submitted, ~np.isnan(self.values[key]), np.nan)

    @cached_property
    def overall(self) -> Array:
        """The overall of each judgement; NaN where there is none."""
        return overall_of(self.rubric, self.values, self.holistic)

    @property
    def own_weeks(self) -> Array:
        """The ISO week of each judgement; empty where there is none."""
        return weeks_of(self.days)

    def part(self, responses: Array) -> "RatingMatrix":
        """The responses that the mask selects. Annotators who judged none of them stay, without ratings."""
        per_response = {name: getattr(self, name)[responses] for name in PER_RESPONSE}
        per_judgement = {name: getattr(self, name)[:, responses] for name in PER_JUDGEMENT}
        return replace(
            self,
            **per_response,
            **per_judgement,
            about={name: column[responses] for name, column in self.about.items()},
            values={key: ratings[:, responses] for key, ratings in self.values.items()},
            free={key: mask[responses] for key, mask in self.free.items()},
        )

    def weekly(self) -> Iterator[tuple[str, "RatingMatrix"]]:
        """Each ISO week in which somebody judged, with the judgements of that week alone. Responses and annotators stay."""
        numbers = (self.days - 1) // DAYS_A_WEEK  # the first day of all was a Monday; -1 where there is no judgement
        for number in np.unique(numbers[numbers >= 0]).tolist():
            yield iso_week(DAYS_A_WEEK * number + 1), self.with_judgements(numbers == number)

    def with_judgements(self, chosen: Array) -> "RatingMatrix":
        """The judgements that the mask, annotators x responses, selects: as if the others had not been given."""
        values = {key: np.where(chosen, ratings, np.nan) for key, ratings in self.values.items()}
        others: dict[str, Any] = {name: np.where(chosen, getattr(self, name), none) for name, none in PER_JUDGEMENT.items()}
        return replace(self, **others, values=values)


@dataclass(frozen=True)
class TaskColumn:
    """One task: a column of a rating matrix. Lists of ratings are in the order of `annotators`."""

    matrix: RatingMatrix
    place: int
    id: int

    @property
    def rubric(self) -> Rubric:
        return self.matrix.rubric

    @property
    def complete(self) -> bool:
        return bool(self.matrix.complete[self.place])

    @property
    def query(self) -> str:
        return str(self.matrix.query_ids[self.place])

    @property
    def system(self) -> str:
        return str(self.matrix.about["system"][self.place])

    @property
    def sample(self) -> int:
        return int(self.matrix.samples[self.place])

    @property
    def category(self) -> str:
        return str(self.matrix.about["category"][self.place])

    @property
    def field(self) -> str:
        return str(self.matrix.about["field"][self.place])

    @property
    def subfield(self) -> str:
        return str(self.matrix.about["subfield"][self.place])

    @property
    def key(self) -> tuple[str, str, int, str]:
        return (self.query, self.system, self.sample, self.rubric.name)

    @cached_property
    def rows(self) -> list[int]:
        """The matrix's rows of those who judged the task."""
        return np.flatnonzero(self.matrix.submitted[:, self.place]).tolist()

    @property
    def annotators(self) -> list[str]:
        return [self.matrix.annotators[row] for row in self.rows]

    @property
    def annotator_pks(self) -> list[int]:
        return [self.matrix.annotator_pks[row] for row in self.rows]

    @cached_property
    def revisions(self) -> list[int]:
        """Primary keys."""
        pks: list[int] = self.matrix.revisions[self.rows, self.place].tolist()
        return pks

    def ratings(self, key: str) -> list[int | None]:
        """Of a criterion, None where it was not applicable; a penalty is 1 or 0."""
        values = self.matrix.values[key][self.rows, self.place].tolist()
        return [None if value != value else int(value) for value in values]

    @property
    def overalls(self) -> list[float | None]:
        values = self.matrix.overall[self.rows, self.place].tolist()
        return [None if value != value else value for value in values]


def weeks_of(days: Array) -> Array:
    """Of days as ordinals, in their shape."""
    distinct, places = np.unique(days, return_inverse=True)
    return np.array([iso_week(day) for day in distinct.tolist()], dtype=object)[places.reshape(days.shape)]


def iso_week(day: int) -> str:
    """Of a day as an ordinal; 0 is none."""
    if not day:
        return ""
    year, week, _day = date.fromordinal(day).isocalendar()
    return f"{year}-W{week:02}"


def week_number(week: str) -> int:
    """Of an ISO week as "2026-W48": weeks that follow each other have numbers that do."""
    year, _w, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1).toordinal() // 7
