"""ratings.csv: every first rating, labelled or not. Faithful, for it is data: a spreadsheet's guards would alter it."""

import csv
import io
from collections.abc import Iterator

from annotation.exporters.records import Content

COLUMNS = ("id", "system", "sample", "split", "rubric", "annotator", "criterion", "score")


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for rating in content.ratings:
        row = [getattr(rating, column) for column in COLUMNS]
        writer.writerow(["" if value is None else value for value in row])
    yield "ratings.csv", text.getvalue().encode()
