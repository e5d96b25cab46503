"""Turns labels and ratings into the records that the exporters write: people under pseudonyms, images by name."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Set
from fractions import Fraction

from annotation.exporters import Block, CriterionRecord, FairRecord, LabelRecord, PenaltyRecord, RatingRecord, RubricText
from annotation.flow.judgements import TaskColumn
from annotation.flow.labels import OVERALL, FairValue, TaskLabel
from annotation.flow.release.feedback import Feedback
from annotation.imaging.inspect import SUFFIX
from annotation.models import Blocks, Image, Project, Task
from rubrics.models import Criterion, Rubric


class RecordBuilder:
    """Reads the blocks of the tasks and the names of the project's images once, then makes records.

    `fair` has the fair values of each task, per rated criterion and for OVERALL.
    """

    def __init__(
        self, project: Project, tasks: Set[int], feedback: Feedback, fair: Mapping[int, Mapping[str, FairValue]]
    ) -> None:
        self.key = project.pseudonym_key.encode()
        self.feedback = feedback
        self.fair = fair
        self.formats = dict(Image.objects.filter(project=project).values_list("sha256", "format").iterator())
        stored = Task.objects.ever_in_study(project).select_related("response__query")
        self.responses = {task.pk: task.response for task in stored.iterator() if task.pk in tasks}

    def pseudonym(self, username: str) -> str:
        """The same in every release of the project; nobody without its key can tell who it is."""
        return "a" + hmac.new(self.key, username.encode(), hashlib.sha256).hexdigest()[:12]

    def judges(self, task: TaskColumn) -> list[tuple[str, int]]:
        """The pseudonyms of those who judged the task, sorted, each with the place of its rating among the task's ratings."""
        return sorted((self.pseudonym(name), place) for place, name in enumerate(task.annotators))

    def ratings_of(self, task: TaskColumn) -> dict[str, list[int | None]]:
        """Per criterion, in the order of the pseudonyms."""
        places = [place for _pseudonym, place in self.judges(task)]
        ratings = {criterion.key: task.ratings(criterion.key) for criterion in task.rubric.criteria.all()}
        return {key: [values[place] for place in places] for key, values in ratings.items()}

    def blocks(self, stored: Blocks) -> tuple[Block, ...]:
        return tuple(Block(block["text"], self.image_name(block["image"])) for block in stored)

    def image_name(self, digest: str | None) -> str | None:
        return f"{digest}.{SUFFIX[self.formats[digest]]}" if digest else None

    def image_names(self, task: TaskColumn) -> set[str]:
        response = self.responses[task.id]
        shown = [*response.query.blocks, *(response.query.correct_answer or ()), *response.blocks]
        return {str(self.image_name(block["image"])) for block in shown if block["image"]}

    def label(self, label: TaskLabel, split: str) -> LabelRecord:
        task, response = label.task, self.responses[label.task.id]
        ratings = self.ratings_of(task)
        correct = response.query.correct_answer if task.rubric.shows_correct_answer else None
        fair = {key: FairRecord(value.value, value.se, value.reason) for key, value in self.fair[task.id].items()}
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
            fair=fair[OVERALL],
            criteria=dict(criterion_records(label, ratings, fair)),
            penalties=dict(penalty_records(label, ratings)),
            revised=label.revised,
            feedback=self.feedback.of(task),
            question=self.blocks(response.query.blocks),
            correct_answer=None if correct is None else self.blocks(correct),
            response=self.blocks(response.blocks),
        )

    def ratings(self, task: TaskColumn, split: str) -> Iterator[RatingRecord]:
        ratings = self.ratings_of(task)
        head = (task.query, task.system, task.sample, split, task.rubric.name)
        for place, (pseudonym, _place) in enumerate(self.judges(task)):
            for key, values in ratings.items():
                yield RatingRecord(*head, pseudonym, key, values[place])


def criterion_records(
    label: TaskLabel, ratings: Mapping[str, list[int | None]], fair: Mapping[str, FairRecord]
) -> Iterator[tuple[str, CriterionRecord]]:
    for criterion in rated(label.task.rubric):
        value = label.criteria[criterion.key]
        yield criterion.key, CriterionRecord(value.value, tuple(ratings[criterion.key]), value.how.value, fair[criterion.key])


def penalty_records(label: TaskLabel, ratings: Mapping[str, list[int | None]]) -> Iterator[tuple[str, PenaltyRecord]]:
    for criterion in label.task.rubric.criteria.all():
        if not criterion.is_rated:
            value, judged = label.criteria[criterion.key], ratings[criterion.key]
            yield criterion.key, PenaltyRecord(bool(value.applies), tuple(rating == 1 for rating in judged), value.how.value)


def rated(rubric: Rubric) -> list[Criterion]:
    return [criterion for criterion in rubric.criteria.all() if criterion.is_rated]


def rubric_text(rubric: Rubric) -> RubricText:
    return RubricText(
        name=rubric.name,
        title=rubric.title,
        lowest=rubric.overall_min,
        highest=rubric.overall_max,
        criteria=tuple(
            (
                criterion.title,
                criterion.description,
                tuple((level.value, level.descriptor) for level in criterion.levels.all()),
            )
            for criterion in rated(rubric)
        ),
        penalties=tuple(
            (criterion.title, criterion.description, points(criterion))
            for criterion in rubric.criteria.all()
            if not criterion.is_rated
        ),
    )


def points(criterion: Criterion) -> str:
    number = Fraction(criterion.points or 0)
    return f"{float(number):g} point" + ("" if number == 1 else "s")
