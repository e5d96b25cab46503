import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from annotation.exporters import Block, CriterionRecord
from tests.annotation.exporters.records import UNRATED, files_of, label


def lines(*labels: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files_of("labels", *labels)["labels.jsonl"].splitlines()]


def test_a_line_has_all_fields_of_the_label() -> None:
    assert files_of("labels", label()) == {
        "labels.jsonl": (
            '{"id":"PBL-1","system":"s","sample":0,"category":"c","field":"art","subfield":"","rubric":"r@1","split":"train",'
            '"overall":2.3333333333333335,"score":2,"percent":38.888888888888886,"how":"adjudicated","revised":true,'
            '"fair":{"value":2.5,"se":0.3,"reason":""},"criteria":['
            '{"key":"text","label":2.3333333333333335,"ratings":[2,2,3],"spread":1,'
            '"soft":[0.0,0.6666666666666666,0.3333333333333333,0.0,0.0,0.0],"contradicted":false,"how":"agreed",'
            '"fair":{"value":2.4101,"se":0.3127,"reason":""}},'
            '{"key":"images","label":null,"ratings":[null,null,null],"spread":null,"soft":[],"contradicted":false,'
            '"how":"adjudicated","fair":{"value":null,"se":null,"reason":"nothing has been rated"}},'
            '{"key":"whole","label":3.0,"ratings":[2,6,null],"spread":4,"soft":[0.0,0.5,0.0,0.0,0.0,0.5],"contradicted":true,'
            '"how":"adjudicated","fair":{"value":4.0,"se":0.5,"reason":""}}],'
            '"penalties":[{"key":"harm","label":true,"ratings":[true,false,true],"how":"adjudicated"}],'
            '"errors":[{"key":"slip","block":0,"count":2},{"key":"slip","block":1,"count":1}],'
            '"feedback":["早い。","Fine."],"question":[{"text":"Q","image":"a.png"}],"correct_answer":[],'
            '"response":[{"text":"A","image":""}]}\n'
        ).encode()
    }


def test_a_decision_contradicts_the_ratings_where_another_level_is_commoner() -> None:
    cases = {
        (4, "adjudicated", (2, 2, 4)): True,
        (2, "adjudicated", (2, 2, 4)): False,
        (4, "adjudicated", (2, 4)): False,  # as common as the other
        (4, "agreed", (2, 2, 4)): False,
        (None, "adjudicated", (2, None, None)): True,  # "not applicable" was decided
        (None, "adjudicated", (None, None)): False,
    }
    assert {case: CriterionRecord(case[0], case[2], case[1], UNRATED).contradicted for case in cases} == cases  # type: ignore[arg-type]


def test_the_lines_with_which_a_key_first_has_a_value_stand_first() -> None:
    bare = {"correct_answer": None, "feedback": (), "errors": ()}
    labels = [
        label(id="A", **bare),
        label(id="B", **bare),
        label(id="C", **bare | {"feedback": ("x",)}),
        label(id="D", **bare),
        label(id="E", **bare | {"correct_answer": (Block("y", None),), "feedback": ("z",)}),
        label(id="F"),
        label(id="G"),
    ]
    assert [line["id"] for line in lines(*labels)] == ["A", "C", "E", "F", "B", "D", "G"]


def test_datasets_reads_a_file_in_which_a_key_is_empty_for_ten_megabytes(tmp_path: Path) -> None:
    bare = {"feedback": (), "correct_answer": None, "errors": (), "question": (Block("Q" * 3_000, None),)}
    labels = [label(id=f"A{number}", **bare) for number in range(4_000)]
    data = files_of("labels", *labels, label(id="B", correct_answer=(Block("y", "b.png"),)))["labels.jsonl"]
    assert len(data) > 13_000_000
    (tmp_path / "labels.jsonl").write_bytes(data)
    script = (
        "import datasets, json\n"
        "rows = datasets.load_dataset('json', data_files='labels.jsonl', split='train')\n"
        "row = rows.filter(lambda row: row['id'] == 'B')[0]\n"
        "print(len(rows), json.dumps([row['feedback'], row['errors'], row['correct_answer'], row['criteria'][1]['label']]))\n"
    )
    environment = os.environ | {
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": str(tmp_path / "cache"),
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    expected = [
        ["早い。", "Fine."],
        [{"key": "slip", "block": 0, "count": 2}, {"key": "slip", "block": 1, "count": 1}],
        [{"text": "y", "image": "b.png"}],
        None,
    ]
    assert (done.stdout, done.returncode) == (f"4001 {json.dumps(expected)}\n", 0), done.stderr
