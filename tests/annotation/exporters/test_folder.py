import hashlib
import json
from pathlib import Path

import pytest

from annotation.exporters.folder import Folder, JsonArray, JsonLines, TypedLines


def test_a_file_is_hashed_as_it_is_written(tmp_path: Path) -> None:
    with Folder(tmp_path) as folder:
        file = folder.open("b/c.bin")
        file.write(b"ab")
        file.write(memoryview(b"cd"))
        folder.write("a.txt", b"whole")
        assert (file.tell(), file.closed) == (4, False)
    assert file.closed
    assert (tmp_path / "b/c.bin").read_bytes() == b"abcd"
    assert list(folder.digests().items()) == [
        ("a.txt", hashlib.sha256(b"whole").hexdigest()),
        ("b/c.bin", hashlib.sha256(b"abcd").hexdigest()),
    ]


def test_no_file_is_written_twice(tmp_path: Path) -> None:
    with Folder(tmp_path) as folder:
        folder.write("a.txt", b"1")
        with pytest.raises(FileExistsError):
            folder.write("a.txt", b"2")


@pytest.mark.parametrize("documents", [[], [{"a": "早"}], [1, None, "\n"]])
def test_documents_come_back_from_lines_and_from_an_array(tmp_path: Path, documents: list[object]) -> None:
    with Folder(tmp_path) as folder:
        lines, array = JsonLines(folder, "a.jsonl"), JsonArray(folder, "a.json")
        for document in documents:
            lines.add(document)
            array.add(document)
        lines.close()
        array.close()
    assert [json.loads(line) for line in (tmp_path / "a.jsonl").read_bytes().splitlines()] == documents
    assert json.loads((tmp_path / "a.json").read_bytes()) == documents


def typed(path: Path, keys: str, shown: list[str]) -> list[int]:
    """The places of lines whose letters say which keys have a value, in the order in which they are written."""
    with Folder(path) as folder:
        file = TypedLines(folder, "x.jsonl", lambda place: {key: key in shown[place] for key in keys})
        for place in range(len(shown)):
            file.add(place)
        file.close()
    return [json.loads(line) for line in (path / "x.jsonl").read_text().splitlines()]


@pytest.mark.parametrize(
    ("keys", "shown", "order"),
    [
        ("a", ["", "", "a", "", "a"], [2, 0, 1, 3, 4]),
        ("a", ["", ""], [0, 1]),
        ("ab", ["", "b", "", "a", "", "ab"], [1, 3, 0, 2, 4, 5]),
        ("ab", ["a", "a", "", "a"], [0, 1, 2, 3]),
        ("ab", ["", "a", "", "a"], [1, 0, 2, 3]),
        ("ab", ["ab", "", "b"], [0, 1, 2]),
        ("", ["", ""], [0, 1]),
        ("a", [], []),
    ],
)
def test_the_lines_with_which_a_key_first_has_a_value_stand_first(
    tmp_path: Path, keys: str, shown: list[str], order: list[int]
) -> None:
    assert typed(tmp_path, keys, shown) == order
