"""README.md: the dataset card, with the head that the Hugging Face Hub reads."""

from collections.abc import Iterator

import orjson

from annotation.exporters.data import Content

CARD = """---
pretty_name: {title}
license: other
configs:
- config_name: labels
  data_files:
  - split: labels
    path: labels.jsonl
---

# {heading}

{total} responses of models, scored by people against a rubric: {train} to train on, {check} to check with.

| file | what |
|---|---|
| `labels.jsonl` | a line per response: its label overall and per criterion, how it came about, and the first ratings behind it |
| `ratings.csv` | every first, independent rating, annotators under pseudonyms |
| `internvl/` | conversations to fine-tune InternVL on; start it in this folder |
| `mmie/` | the check split as MMIE's evaluation script reads it |
| `images/` | every image, named by the SHA-256 of its bytes |
| `manifest.json` | rubrics, seed, split, agreement, what was left out and why, and the SHA-256 of every file |

Rubrics: {rubrics}. No query and no image is on both sides of the split.
"""


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    text = CARD.format(
        title=orjson.dumps(content.title).decode(),
        heading=" ".join(content.title.split()),
        total=len(content.labels),
        train=len(content.of("train")),
        check=len(content.of("check")),
        rubrics=", ".join(sorted(content.rubrics)),
    )
    yield "README.md", text.encode()
