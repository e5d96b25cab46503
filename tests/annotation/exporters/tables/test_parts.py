from pathlib import Path

import pytest

from annotation.exporters import RemarkRecord
from annotation.exporters.folder import Folder
from annotation.exporters.tables import parts


def remark(number: int, query: str = "PBL-1") -> RemarkRecord:
    return RemarkRecord(query, "s", 0, "train", "r@1", "a1", 1, "note", "", "query", number, "", "早")


@pytest.mark.parametrize("rows", [0, 1, 4, 5, 11])
def test_a_table_is_the_same_in_however_many_parts(rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 5)
    with Folder(tmp_path) as folder:
        parts.write_table(folder, "a.csv", map(remark, range(rows)), RemarkRecord)
    assert (tmp_path / "a.csv").read_text().splitlines() == [
        ",".join(RemarkRecord._fields),
        *(f"PBL-1,s,0,train,r@1,a1,1,note,,query,{number},,早" for number in range(rows)),
    ]
