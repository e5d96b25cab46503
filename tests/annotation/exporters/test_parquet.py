"""Files that `datasets` opens, with images in them."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from annotation.exporters import Block, LabelRecord, parquet, write
from annotation.exporters.folder import Folder
from annotation.exporters.labels import line
from tests.annotation.exporters.offline import offline
from tests.annotation.exporters.records import RUBRIC, content, label
from tests.factories import png

PICTURES = {"a.png": png("red"), "b.png": png("blue", (4, 4))}


def response(number: int, split: str, *images: str) -> LabelRecord:
    return label(id=f"PBL-{number:04}", split=split, response=(Block("A", None), *(Block(None, name) for name in images)))


def written(folder: Path, *labels: LabelRecord) -> dict[str, bytes]:
    """The files by their names."""
    folder.mkdir()
    whole = content(*labels, images=PICTURES)
    with Folder(folder) as out:
        writer = parquet.Writer(whole, out)
        for record in labels:
            writer.add(record)
        writer.close()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}


def rows(path: Path) -> list[dict[str, Any]]:
    return list(pq.read_table(path).to_pylist())


def test_a_row_is_the_line_with_the_images_in_the_order_of_the_prompt(tmp_path: Path) -> None:
    record = response(1, "train", "b.png")
    written(tmp_path / "out", record)
    (row,) = rows(tmp_path / "out" / "data" / "train-00000.parquet")
    assert row.pop("images") == [{"bytes": PICTURES[name], "path": name} for name in ("a.png", "b.png")]
    assert row == line(record, RUBRIC.levels)


def test_each_split_has_files_of_its_own_and_an_empty_one_has_none(tmp_path: Path) -> None:
    labels = [response(1, "train"), response(2, "check"), response(3, "train")]
    assert list(written(tmp_path / "out", *labels)) == ["data/check-00000.parquet", "data/train-00000.parquet"]
    assert [row["id"] for row in rows(tmp_path / "out" / "data" / "train-00000.parquet")] == ["PBL-0001", "PBL-0003"]


def test_files_and_groups_of_rows_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "SHARD_ROWS", 5)
    monkeypatch.setattr(parquet, "GROUP_ROWS", 2)
    files = written(tmp_path / "rows", *(response(number, "train") for number in range(11)))
    read = [pq.ParquetFile(tmp_path / "rows" / name).metadata for name in files]
    groups = [[file.row_group(number).num_rows for number in range(file.num_row_groups)] for file in read]
    assert groups == [[2, 2, 1], [2, 2, 1], [1]]
    monkeypatch.setattr(parquet, "SHARD_BYTES", 3 * len(PICTURES["a.png"]))
    monkeypatch.setattr(parquet, "GROUP_BYTES", 1)
    files = written(tmp_path / "bytes", *(response(number, "train") for number in range(7)))
    assert [pq.ParquetFile(tmp_path / "bytes" / name).metadata.num_rows for name in files] == [3, 3, 1]


def test_the_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    labels = [response(number, "train" if number % 3 else "check", "b.png") for number in range(20)]
    assert written(tmp_path / "one", *labels) == written(tmp_path / "two", *labels)


READ = """
import json, sys
from datasets import load_dataset
def colours(row):
    return [list(image.convert("RGB").getpixel((0, 0))) for image in row["images"]]
read = load_dataset(sys.argv[1])
rows = {split: [[row["id"], row["fair"]["value"], colours(row)] for row in rows] for split, rows in read.items()}
print(json.dumps(rows))
"""


def test_datasets_opens_the_folder_of_a_release_with_images_decoded(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    labels = (response(1, "train", "b.png"), response(2, "check"))
    write(content(*labels, images=PICTURES), tmp_path / "out")
    assert json.loads(offline(READ, tmp_path / "out", tmp_path)) == {
        "train": [["PBL-0001", 2.5, [[255, 0, 0], [0, 0, 255]]]],
        "check": [["PBL-0002", 2.5, [[255, 0, 0]]]],
    }
