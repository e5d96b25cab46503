"""Turns labels and ratings into the records that the exporters write: people under pseudonyms, images by name."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from fractions import Fraction

from annotation.exporters import Block, CriterionRecord, LabelRecord, PenaltyRecord, RatingRecord, RubricText
from annotation.flow.judgements.ratings import FirstJudgement, RatedTask
from annotation.flow.labels.rule import CriterionValue, TaskLabel
from annotation.imaging.inspect import SUFFIX
from annotation.models import Blocks, Image, Project, Response
from rubrics.models import Criterion, Rubric


class RecordBuilder:
    """Reads the project's blocks and image names once, then makes records."""

    def __init__(self, project: Project, found: Iterable[TaskLabel]) -> None:
        self.key = project.pseudonym_key.encode()
        images = Image.objects.filter(project=project).values_list("sha256", "format")
        self.formats = dict(images.iterator())
        responses = Response.objects.filter(query__project=project).select_related("query")
        wanted = {label.task.response for label in found}
        self.responses = {response.pk: response for response in responses.iterator() if response.pk in wanted}

    def pseudonym(self, said: FirstJudgement) -> str:
        """The same in every release of the project; nobody without its key can tell who it is."""
        return "a" + hmac.new(self.key, said.username.encode(), hashlib.sha256).hexdigest()[:12]

    def said(self, task: RatedTask) -> list[FirstJudgement]:
        return sorted(task.said, key=self.pseudonym)

    def blocks(self, stored: Blocks) -> tuple[Block, ...]:
        return tuple(Block(block["text"], self.image_name(block["image"])) for block in stored)

    def image_name(self, digest: str | None) -> str | None:
        return f"{digest}.{SUFFIX[self.formats[digest]]}" if digest else None

    def image_names(self, task: RatedTask) -> set[str]:
        response = self.responses[task.response]
        shown = [*response.query.blocks, *(response.query.correct_answer or ()), *response.blocks]
        return {str(self.image_name(block["image"])) for block in shown if block["image"]}

    def label(self, found: TaskLabel, split: str) -> LabelRecord:
        task, response = found.task, self.responses[found.task.response]
        said = self.said(task)
        correct = response.query.correct_answer if task.rubric.shows_correct_answer else None
        assert found.overall is not None
        return LabelRecord(
            id=task.query,
            system=task.system,
            sample=task.sample,
            category=task.category,
            field=task.field,
            subfield=task.subfield,
            rubric=task.rubric.name,
            split=split,
            overall=found.overall,
            score=found.score,
            percent=found.percent,
            how=found.how.value,
            criteria=dict(criterion_records(task.rubric, found.criteria, said)),
            penalties=dict(penalty_records(task.rubric, found.criteria, said)),
            feedback=tuple(sorted(one.feedback for one in said if one.feedback)),
            question=self.blocks(response.query.blocks),
            correct_answer=None if correct is None else self.blocks(correct),
            response=self.blocks(response.blocks),
        )

    def ratings(self, task: RatedTask, split: str) -> Iterator[RatingRecord]:
        for said in self.said(task):
            for criterion in task.rubric.criteria.all():
                score = said.scores[criterion.key] if criterion.is_rated else int(criterion.key in said.penalties)
                yield RatingRecord(
                    task.query,
                    task.system,
                    task.sample,
                    split,
                    task.rubric.name,
                    self.pseudonym(said),
                    criterion.key,
                    score,
                )


def criterion_records(
    rubric: Rubric, values: dict[str, CriterionValue], said: list[FirstJudgement]
) -> Iterator[tuple[str, CriterionRecord]]:
    for criterion in rated(rubric):
        value = values[criterion.key]
        ratings = tuple(one.scores[criterion.key] for one in said)
        yield criterion.key, CriterionRecord(value.value, ratings, value.how.value)


def penalty_records(
    rubric: Rubric, values: dict[str, CriterionValue], said: list[FirstJudgement]
) -> Iterator[tuple[str, PenaltyRecord]]:
    for criterion in rubric.criteria.all():
        if not criterion.is_rated:
            value = values[criterion.key]
            ratings = tuple(criterion.key in one.penalties for one in said)
            yield criterion.key, PenaltyRecord(bool(value.given), ratings, value.how.value)


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
    found = Fraction(criterion.points or 0)
    return f"{float(found):g} point" + ("" if found == 1 else "s")
