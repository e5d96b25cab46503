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

{total} model responses, scored by people against a rubric: {train} to train on, {check} to check with.

| file | contents |
|---|---|
| `labels.jsonl` | a line per response: its labels, how each came about, and the ratings behind it |
| `ratings.csv` | every first, independent rating; annotators have pseudonyms |
| `internvl/` | conversations for fine-tuning InternVL; run the training in this folder |
| `mmie/` | the check split in the format of MMIE's evaluation script |
| `images/` | every image, named by the SHA-256 of its bytes |
| `manifest.json` | rubrics, seed, split, agreement, the responses left out with reasons, and the SHA-256 of every file |

{agreed} of the labels are agreed on every criterion: a criterion's label is the mean of its ratings. An adjudicator decided at
least one criterion of the other {adjudicated}. {revised} of the labels rest on a revision: an annotator changed a rating after
the first judgement. `manifest.json` has the rule by which ratings are in dispute.

Rubrics: {rubrics}. No query and no image is on both sides of the split.
"""


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    text = CARD.format(
        title=orjson.dumps(content.title).decode(),
        heading=" ".join(content.title.split()),
        total=len(content.labels),
        train=len(content.in_split("train")),
        check=len(content.in_split("check")),
        agreed=sum(label.how == "agreed" for label in content.labels),
        adjudicated=sum(label.how == "adjudicated" for label in content.labels),
        revised=sum(label.revised for label in content.labels),
        rubrics=", ".join(sorted(content.rubrics)),
    )
    yield "README.md", text.encode()
