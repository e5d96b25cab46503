"""What a release would hold, before it is made."""

from collections import Counter
from typing import NamedTuple

from annotation.flow.release.content import left_out_of
from annotation.flow.release.draft import preview_draft
from annotation.flow.release.options import Options
from annotation.flow.release.preview import Preview, preview_examples
from annotation.models import Project
from annotation.views.release.contents import Contents, Reason, contents_of, reasons_of
from annotation.views.release.examples import ShownExample, shown_examples


class Plan(NamedTuple):
    """`split_from` is the version of the release whose splits are kept, if any."""

    released: int
    contents: Contents
    split_from: int | None
    left_out: list[Reason]
    checks: bool  # whether there is anything to check a scorer on
    training: Preview
    examples: list[ShownExample]


def read_plan(project: Project, options: Options) -> Plan:
    """Raises Refused where such a release would be refused."""
    draft = preview_draft(project, options)
    held, training = draft.division.contents, preview_examples(draft)
    return Plan(
        released=len(draft.released),
        contents=contents_of(held),
        split_from=draft.division.split_from,
        left_out=reasons_of(Counter(row["reason"] for row in left_out_of(draft))),
        checks=bool(held["check"]["responses"]),
        training=training,
        examples=shown_examples(draft, training),
    )
