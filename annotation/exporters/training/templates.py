"""What a scorer is asked, and what it answers: the text of a label by a template.

- `mmie`: feedback, then the overall, as MMIE's scorer answers. Feedback stands there only where somebody's fits the label.
- `scores`: the overall alone.
- `criteria`: the level of each criterion, then the overall.

The overall is the first number after `### Score`, for MMIE's reader too. Nothing in a text of people or models can pass for it,
nor for a special token of a model.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from annotation.exporters.data import Block, CriterionRecord, LabelRecord, RubricText
from annotation.exporters.training.literal import literal

MMIE, SCORES, CRITERIA = "mmie", "scores", "criteria"
FORMS = {
    MMIE: "Answer with a line `### Feedback`, your judgement in words, a line `### Score` and the number.",
    SCORES: "Answer with a line `### Score` and the number.",
    CRITERIA: "Answer with a line `### Criteria`, a line with the level of each criterion, a line `### Score` and the number.",
}


@dataclass(frozen=True)
class Template:
    """`name` is a key of FORMS.

    `mmie` leaves a label out that nobody's feedback fits, or, with `score_without_feedback`, asks for the overall alone.
    """

    name: str = SCORES
    score_without_feedback: bool = False

    @property
    def asks_for_feedback(self) -> bool:
        return self.name == MMIE


@dataclass(frozen=True)
class Example:
    """A label as it is trained on. `shown` is the rubric, the query and the response, with an `<image>` for each of `images`.

    `ask` says what to answer; `answer` is None where the template leaves the label out.
    """

    shown: str
    images: tuple[str, ...]
    ask: str
    answer: str | None

    @property
    def prompt(self) -> str:
        return f"{self.shown}\n\n{self.ask}"


class Examples:
    """Makes the examples of one template. Rubrics are put into words once."""

    def __init__(self, rubrics: Mapping[str, RubricText], template: Template) -> None:
        self.template = template
        self.rubrics = {name: safe_rubric(rubric) for name, rubric in rubrics.items()}
        self.heads = {name: head(rubric) for name, rubric in self.rubrics.items()}

    def of(self, label: LabelRecord) -> Example:
        return self.of_safe(safe(label))

    def of_safe(self, label: LabelRecord) -> Example:
        """Of a label whose texts are safe."""
        alone = self.lacks_feedback(label) and self.template.score_without_feedback
        rubric, form = self.rubrics[label.rubric], SCORES if alone else self.template.name
        return Example(
            shown=f"{self.heads[label.rubric]}\n\n{body(label)}",
            images=label.images,
            ask=f"Give one whole number from {rubric.lowest} to {rubric.highest}. {FORMS[form]}",
            answer=answer(label, rubric, form),
        )

    def lacks_feedback(self, label: LabelRecord) -> bool:
        """Whether the template asks for feedback, and nobody's fits the label."""
        return self.template.asks_for_feedback and label.fitting_feedback is None


def safe(label: LabelRecord) -> LabelRecord:
    """The label with the texts that are trained on made harmless."""
    return label._replace(
        question=safe_blocks(label.question),
        correct_answer=None if label.correct_answer is None else safe_blocks(label.correct_answer),
        response=safe_blocks(label.response),
        fitting_feedback=None if label.fitting_feedback is None else literal(label.fitting_feedback),
    )


def safe_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(Block(literal(block.text), block.image) if block.text else block for block in blocks)


def safe_rubric(rubric: RubricText) -> RubricText:
    return replace(
        rubric,
        title=literal(rubric.title),
        criteria=tuple(
            item._replace(
                title=literal(item.title),
                description=literal(item.description),
                levels=tuple((value, literal(descriptor)) for value, descriptor in item.levels),
            )
            for item in rubric.criteria
        ),
        penalties=tuple(
            item._replace(title=literal(item.title), description=literal(item.description)) for item in rubric.penalties
        ),
    )


def head(rubric: RubricText) -> str:
    lines = [
        "You judge how well a response answers a query. Query and response may hold text and images in any order. "
        "Judge by the rubric.",
        "",
        f"## Rubric: {rubric.title}",
    ]
    for item in rubric.criteria:
        lines.append(f"- {item.title}: {item.description}")
        lines += [f"  {value}: {descriptor}" for value, descriptor in item.levels]
    lines += [f"- {item.title}, {item.points} off: {item.description}" for item in rubric.penalties]
    return "\n".join(lines)


def body(label: LabelRecord) -> str:
    """Images are numbered through query, correct answer and response."""
    parts = [("Query", label.question), ("Correct answer", label.correct_answer), ("Response", label.response)]
    texts, images = [], 0
    for title, blocks in parts:
        if blocks is not None:
            texts.append(f"## {title}\n{blocks_text(blocks, images)}")
            images += sum(block.image is not None for block in blocks)
    return "\n\n".join(texts)


def blocks_text(blocks: Iterable[Block], number: int = 0) -> str:
    """Each image on a line of its own after its block's text, from this number on."""
    lines = []
    for block in blocks:
        if block.text:
            lines.append(block.text)
        if block.image:
            lines.append(f"Image-{number}: <image>")
            number += 1
    return "\n".join(lines) or "(empty)"


def answer(label: LabelRecord, rubric: RubricText, form: str) -> str | None:
    score = f"### Score\n{label.score}"
    if form == CRITERIA:
        return f"### Criteria\n{levels(label, rubric)}\n{score}"
    if form == MMIE:
        return None if label.fitting_feedback is None else f"### Feedback\n{label.fitting_feedback}\n{score}"
    return score


def levels(label: LabelRecord, rubric: RubricText) -> str:
    lines = [f"{item.title}: {level(label.criteria[item.key])}" for item in rubric.criteria]
    for item in rubric.penalties:
        applies = label.penalties[item.key].label
        lines.append(f"{item.title}: " + (f"applies, {item.points} off" if applies else "does not apply"))
    return "\n".join(lines)


def level(criterion: CriterionRecord) -> str:
    """The level that is nearest to the label, the higher one of two."""
    if criterion.label is not None:
        return str(floor(criterion.label + Fraction(1, 2)))
    return "not applicable" if criterion.ratings else "not rated"
