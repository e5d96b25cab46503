"""Examples of what a scorer would be trained on, before a release is made."""

from dataclasses import dataclass, replace
from random import Random

from annotation.exporters import Example, Examples, LabelRecord, Template
from annotation.flow.labels import TaskLabel
from annotation.flow.progress import silent
from annotation.flow.release.content import label_records
from annotation.flow.release.draft import Draft
from annotation.flow.release.feedback import read_feedback
from annotation.flow.release.images import ReleaseImages
from annotation.flow.release.records import RecordBuilder, rubric_text
from rubrics.models import Rubric

SHOWN = 3


@dataclass(frozen=True)
class Preview:
    """`examples` are of real responses, each with its label.

    `without_feedback` of the `labels` have no feedback that fits, though the template asks for it: they are left out, or answered
    with the overall alone.
    """

    template: Template
    labels: int
    without_feedback: int
    examples: list[tuple[LabelRecord, Example]]


def preview_examples(draft: Draft, shown: int = SHOWN) -> Preview:
    """The seed draws the responses: of each rubric one, and such as the template has an answer for, as far as there are any."""
    template = draft.template
    images = ReleaseImages(draft.project)
    records = RecordBuilder(draft.project, read_feedback(draft.project, draft.options.seed), draft.fair, images.name)
    lacking = {label.task.id for label in draft.released if template.asks_for_feedback and records.fitting(label) is None}
    chosen = draw(draft, lacking, shown)
    rubrics = Rubric.objects.with_content().filter(projects=draft.project)
    examples = Examples({rubric.name: rubric_text(rubric) for rubric in rubrics}, template)
    part = replace(draft, labels=sorted(chosen, key=lambda label: label.task.key))
    return Preview(
        template=template,
        labels=len(draft.released),
        without_feedback=len(lacking),
        examples=[(label, examples.of(label)) for label in label_records(part, records, images, silent)],
    )


def draw(draft: Draft, lacking: set[int], shown: int) -> list[TaskLabel]:
    shuffled = Random(draft.options.seed).sample(draft.released, len(draft.released))
    ranked = sorted(shuffled, key=lambda label: label.task.id in lacking)
    of_rubrics = {label.task.rubric.name: label for label in reversed(ranked)}  # the first of each
    first = [label for label in ranked if of_rubrics[label.task.rubric.name] is label]
    others = [label for label in ranked if of_rubrics[label.task.rubric.name] is not label]
    return [*first, *others][:shown]
