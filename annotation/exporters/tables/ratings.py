"""ratings.csv: every rating of every person and revision, labelled or not; ratings_wide.csv: the first ones, a column for each
annotator."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from annotation.exporters.data import Content, RatingRecord, RatingSheet
from annotation.exporters.folder import Folder
from annotation.exporters.tables.parts import frame_of, head_bytes, part_bytes, texts_of

HEAD = ["id", "system", "sample", "split", "rubric", "criterion"]
SHARED = RatingSheet._fields[:-1]
OWN = ["criterion", "score", "confidence"]
NOT_APPLICABLE = "na"  # in the wide table, where an empty cell is "not rated"
PART = 2_000  # sheets at least


def write(content: Content, folder: Folder) -> None:
    long, wide = folder.open("ratings.csv"), folder.open("ratings_wide.csv")
    long.write(head_bytes(RatingRecord._fields))
    wide.write(head_bytes([*HEAD, *content.annotators]))
    for responses in parts(content.ratings()):
        long.write(part_bytes(long_frame(responses)))
        wide.write(part_bytes(wide_frame(responses, content.annotators)))
    long.close()
    wide.close()


def rating_bytes(sheets: Iterable[RatingSheet]) -> Iterator[bytes]:
    """ratings.csv, a piece after another."""
    yield head_bytes(RatingRecord._fields)
    for responses in parts(sheets):
        yield part_bytes(long_frame(responses))


def parts(sheets: Iterable[RatingSheet]) -> Iterator[list[list[RatingSheet]]]:
    """Some PART sheets, those of each response in a list."""
    part: list[list[RatingSheet]] = []
    size = 0
    for _response, group in groupby(sheets, key=lambda sheet: sheet.response):
        part.append(list(group))
        size += len(part[-1])
        if size >= PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def long_frame(responses: Iterable[Sequence[RatingSheet]]) -> pd.DataFrame:
    """The columns of RatingRecord. What a sheet's answers have in common is looked at once and repeated."""
    sheets = [sheet for of_response in responses for sheet in of_response]
    shared = frame_of([sheet[:-1] for sheet in sheets], SHARED, texts_of(RatingSheet))
    answers = frame_of([answer for sheet in sheets for answer in sheet.answers], OWN, ["criterion"])
    numbers = np.repeat(np.arange(len(sheets)), [len(sheet.answers) for sheet in sheets])
    rows = pd.concat([shared.take(numbers).reset_index(drop=True), answers], axis=1)
    return rows[list(RatingRecord._fields)]


def wide_frame(responses: Iterable[Sequence[RatingSheet]], annotators: Sequence[str]) -> pd.DataFrame:
    """What agreement counts: a row for each response and criterion, in the order in which they come."""
    rows: list[list[Any]] = []
    for sheets in responses:
        cells: dict[str, dict[str, Any]] = {}
        for sheet in sheets:
            if sheet.first and sheet.role == "annotator":
                for criterion, score, _confidence in sheet.answers:
                    cells.setdefault(criterion, {})[sheet.annotator] = NOT_APPLICABLE if score is None else score
        rows += [[*sheets[0].response, criterion, *map(of.get, annotators)] for criterion, of in cells.items()]
    return frame_of(rows, [*HEAD, *annotators], [name for name in HEAD if name != "sample"])
