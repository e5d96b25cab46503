"""data/SPLIT-NUMBER.parquet: a row per labelled response with its images embedded, as `datasets.load_dataset` reads it.

A row has what a line of labels.jsonl has, and `images` in the order of the prompt. Bytes depend on nothing but the rows: Parquet
notes no time.
"""

import json
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from annotation.exporters.data import Content, LabelRecord
from annotation.exporters.folder import Folder
from annotation.exporters.labels import line

SHARD_ROWS, SHARD_BYTES = 500, 256 * 1024 * 1024  # of one file; bytes of images
GROUP_ROWS, GROUP_BYTES = 100, 16 * 1024 * 1024  # of the rows that wait in memory

FAIR = pa.struct({"value": pa.float64(), "se": pa.float64(), "reason": pa.string()})
BLOCKS = pa.list_(pa.struct({"text": pa.string(), "image": pa.string()}))
CRITERION = {
    "key": pa.string(), "label": pa.float64(), "ratings": pa.list_(pa.int64()), "spread": pa.int64(),
    "soft": pa.list_(pa.float64()), "contradicted": pa.bool_(), "how": pa.string(), "fair": FAIR,
}  # fmt: skip
PENALTY = {"key": pa.string(), "label": pa.bool_(), "ratings": pa.list_(pa.bool_()), "how": pa.string()}
COLUMNS = {
    "id": pa.string(), "system": pa.string(), "sample": pa.int64(), "category": pa.string(), "field": pa.string(),
    "subfield": pa.string(), "rubric": pa.string(), "split": pa.string(), "overall": pa.float64(), "score": pa.int64(),
    "percent": pa.float64(), "how": pa.string(), "revised": pa.bool_(), "fair": FAIR,
    "criteria": pa.list_(pa.struct(CRITERION)), "penalties": pa.list_(pa.struct(PENALTY)),
    "errors": pa.list_(pa.struct({"key": pa.string(), "block": pa.int64(), "count": pa.int64()})),
    "feedback": pa.list_(pa.string()), "question": BLOCKS, "correct_answer": BLOCKS, "response": BLOCKS,
    "images": pa.list_(pa.struct({"bytes": pa.binary(), "path": pa.string()})),
}  # fmt: skip
# `datasets` takes what is not named here for what its type says; Sequence is the word for a list in all of its versions.
FEATURES = {"images": {"feature": {"_type": "Image"}, "_type": "Sequence"}}
SCHEMA = pa.schema(COLUMNS, metadata={"huggingface": json.dumps({"info": {"features": FEATURES}})})
REPEATING = ["system", "category", "field", "subfield", "rubric", "split", "how"]


class Writer:
    """Holds up to GROUP_ROWS rows or GROUP_BYTES of images of each split, whatever the number of labels."""

    def __init__(self, content: Content, folder: Folder) -> None:
        self.rubrics, self.read_image, self.folder = content.about.rubrics, content.read_image, folder
        self.shards: dict[str, Shards] = {}

    def add(self, label: LabelRecord) -> None:
        images = [{"bytes": self.read_image(name), "path": name} for name in label.images]
        shards = self.shards.setdefault(label.split, Shards(self.folder, label.split))
        row = line(label, self.rubrics[label.rubric].levels) | {"images": images}
        shards.add(row, sum(len(image["bytes"]) for image in images))

    def close(self) -> None:
        for shards in self.shards.values():
            shards.end()


class Shards:
    """The files of one split, of which one is open."""

    def __init__(self, folder: Folder, split: str) -> None:
        self.folder, self.split = folder, split
        self.number = self.rows_written = self.bytes_written = self.bytes_waiting = 0
        self.waiting: list[dict[str, Any]] = []
        self.file: Any = None
        self.parquet: pq.ParquetWriter | None = None

    def add(self, row: dict[str, Any], size: int) -> None:
        rows, total = self.rows_written + len(self.waiting), self.bytes_written + self.bytes_waiting
        if rows and (rows >= SHARD_ROWS or total + size > SHARD_BYTES):
            self.end()
        self.waiting.append(row)
        self.bytes_waiting += size
        if len(self.waiting) >= GROUP_ROWS or self.bytes_waiting >= GROUP_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what waits as one row group."""
        if self.parquet is None:
            self.file = self.folder.open(f"data/{self.split}-{self.number:05}.parquet")
            self.parquet = pq.ParquetWriter(self.file, SCHEMA, use_dictionary=REPEATING, compression="snappy")
        self.parquet.write_table(pa.Table.from_pylist(self.waiting, SCHEMA))
        self.rows_written += len(self.waiting)
        self.bytes_written += self.bytes_waiting
        self.waiting, self.bytes_waiting = [], 0

    def end(self) -> None:
        """Close the file that is open, with what waits; the next row begins another."""
        if self.waiting:
            self.flush()
        if self.parquet is not None:
            self.parquet.close()
            self.file.close()
            self.parquet, self.number, self.rows_written, self.bytes_written = None, self.number + 1, 0, 0
