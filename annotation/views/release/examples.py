"""Training examples as a release would give them, with their images in place."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from annotation.access.blind import images_by_hash, shown_blocks
from annotation.flow.release.draft import Draft
from annotation.flow.release.preview import Preview
from annotation.models import Blocks, Task

IMAGE = "<image>"  # where a prompt shows an image: no text of people or models has it


class Piece(NamedTuple):
    """A part of a prompt: text, then an image or none."""

    text: str
    image: dict[str, Any] | None


class ShownExample(NamedTuple):
    """`answer` is None where the template leaves the label out."""

    task: int
    query: str
    system: str
    split: str
    answer: str | None
    prompt: list[Piece]

    @property
    def images(self) -> list[dict[str, Any]]:
        return [piece.image for piece in self.prompt if piece.image]


def shown_examples(draft: Draft, preview: Preview) -> list[ShownExample]:
    ids = {
        (label.task.query, label.task.system, label.task.sample, label.task.rubric.name): label.task.id
        for label in draft.released
    }
    chosen = [ids[record.id, record.system, record.sample, record.rubric] for record, _example in preview.examples]
    tasks = Task.objects.select_related("response__query").in_bulk(chosen)
    blocks = {
        pk: blocks_of(tasks[pk], correct_answer=record.correct_answer is not None)
        for pk, (record, _example) in zip(chosen, preview.examples, strict=True)
    }
    images = images_by_hash(draft.project.pk, blocks.values())
    return [
        ShownExample(
            task=pk,
            query=record.id,
            system=record.system,
            split=record.split,
            answer=example.answer,
            prompt=list(pieces(example.prompt, [block for block in shown_blocks(blocks[pk], images) if block["image"]])),
        )
        for pk, (record, example) in zip(chosen, preview.examples, strict=True)
    ]


def blocks_of(task: Task, *, correct_answer: bool) -> Blocks:
    """In the order in which a prompt shows them."""
    query = task.response.query
    return [*query.blocks, *((query.correct_answer or []) if correct_answer else []), *task.response.blocks]


def pieces(prompt: str, images: list[dict[str, Any]]) -> Iterator[Piece]:
    texts = prompt.split(IMAGE)
    for place, text in enumerate(texts):
        yield Piece(text, images[place] if place < len(images) else None)
