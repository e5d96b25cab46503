"""A scorer's file is read as MMIE reads it, or as a table; what is unreadable is counted, and a fault names its record."""

import io
import json
from typing import Any

import pytest

from annotation.errors import Refused
from annotation.importers.scorer_file import EMPTY, NO_HEADING, NO_NUMBER, ScorerRow, Written, after_heading, as_number, read_rows


def read(content: str | list[Any], name: str = "scores.csv") -> tuple[list[ScorerRow], list[str]]:
    text = content if isinstance(content, str) else json.dumps(content)
    rows, faults = [], []
    for row, rejections in read_rows(io.BytesIO(text.encode()), name):
        rows += [row] if row else []
        faults += map(str, rejections)
    return rows, faults


def row(number: int = 1, score: float | None = 4.0, **changes: Any) -> ScorerRow:
    fields = {"id": "PBL-1", "model": "m", "sample": 0, "run": "", "criterion": "", "from_mmie": False}
    return ScorerRow(number=number, **{**fields, "written": Written(score), **changes})  # type: ignore[arg-type]


def test_a_table_is_read_with_all_its_columns() -> None:
    content = "id,model,score,sample,criterion,run\nPBL-1,m,4,,,\nPBL-1,m,.5,1,text,a\nPBL-1,m,1e1,1,overall,b\n"
    rows = [
        row(),
        row(2, 0.5, sample=1, criterion="text", run="a"),
        row(3, 10.0, sample=1, run="b"),
    ]
    assert read(content) == (rows, [])


def test_json_lines_and_a_list_are_read_alike_and_whole_numbers_are_ids() -> None:
    records = [{"id": 7, "system": "m", "score": 4}, {"id": "8", "model": "m", "score": "2.5", "run": 1, "note": "x"}]
    rows = [row(id="7"), row(2, 2.5, id="8", run="1")]
    assert read(records, "a.json") == (rows, [])
    assert read("\n".join(map(json.dumps, records)), "a.jsonl") == (rows, [])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ('[{"id": "PBL-1", "model": "m", "score": 4}]', "scores"),
        ('\n{"id": "PBL-1", "model": "m", "score": 4}', "scores.txt"),
        ("id,model,score\nPBL-1,m,4\n", "scores"),
        (",ID, Model ,Score,,\n0,PBL-1,m,4,,\n", "a.csv"),  # an index, heads in other letters, empty columns
        ("sep=;\nid;model;score\nPBL-1;m;4\n;;\n", "a.csv"),
        ("id\tmodel\tscore\r\nPBL-1\tm\t4\r\n", "a.tsv"),
        ("id,system,score,reason\nPBL-1,m,4,'=good\n", "a.csv"),
    ],
)
def test_a_file_is_taken_where_no_doubt_is(content: str, name: str) -> None:
    [of_file], faults = read(content, name)
    assert (of_file._replace(number=1), faults) == (row(), [])


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("### Feedback\nGood 6\n### Score\n4", Written(4.0)),
        ("### Score\n4.5", Written(4.0)),  # half to even
        ("### Score\n3.5", Written(4.0)),
        ("### Score\n9", Written(9.0)),
        ("### Score\n-2", Written(-2.0)),
        ("### Score (0-6): 4", Written(0.0, several_numbers=True)),
        ("### Score (out of 6)\n4", Written(6.0, several_numbers=True)),
        ("### Score\n1. Text: 4\n2. Image: 5", Written(1.0, several_numbers=True)),
        ("### Score\n4\nSo it is 4.0.", Written(4.0)),
        ("### Score\nfour", Written(None, NO_NUMBER)),
        ("### Score\n" + "9" * 400, Written(None, NO_NUMBER)),
        ("### score\n4", Written(None, NO_HEADING)),
        (["### Score 4"], Written(None, NO_HEADING)),
        ("", Written(None, EMPTY)),
        (None, Written(None, EMPTY)),
    ],
)
def test_feedback_is_read_as_mmies_script_reads_it(text: Any, written: Written) -> None:
    assert after_heading(text) == written
    [of_file], faults = read([{"id": "PBL-1", "model": "m", "question": [], "gpt_feedback": text}], "result.json")
    assert (of_file, faults) == (row(written=written, from_mmie=True), [])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (4, Written(4.0)),
        (0.25, Written(0.25)),
        (" +4. ", Written(4.0)),
        ("-.5e-1", Written(-0.05)),
        ("", Written(None, EMPTY)),
        (None, Written(None, EMPTY)),
        ("nan", Written(None, NO_NUMBER)),
        ("inf", Written(None, NO_NUMBER)),
        ("1e999", Written(None, NO_NUMBER)),
        ("4,5", Written(None, NO_NUMBER)),
        ("1_0", Written(None, NO_NUMBER)),
        ("٤", Written(None, NO_NUMBER)),
        (True, Written(None, NO_NUMBER)),
        ([4], Written(None, NO_NUMBER)),
    ],
)
def test_a_number_is_one_as_json_writes_it_or_it_is_unreadable(value: Any, written: Written) -> None:
    assert as_number(value) == written


EXPECTED = "expected id, model, score and optionally sample, criterion, run"
SECOND = "a second score of the same response: the first is record 1"


@pytest.mark.parametrize(
    ("records", "faults"),
    [
        ([{"id": "", "model": "m", "score": 4}], ['record 1, id: `""`: expected a text that is not empty']),
        ([{"model": "m", "score": 4}], ["record 1, id: missing"]),
        (
            [{"id": 1.5, "model": None, "score": 4}],
            ["record 1, id: `1.5`: expected a text", "record 1, model: `null`: expected a text"],
        ),
        ([{"id": "a", "model": "m"}], ["record 1, score: missing: expected a number, or MMIE's gpt_feedback"]),
        (
            [{"id": "a", "model": "m", "system": "m", "score": 4}],
            ["record 1, system: `m`: another name of model, which is there too"],
        ),
        (
            [{"id": "a", "model": "m", "score": 4, "sample": "first"}],
            ["record 1, sample: `first`: expected a whole number from 0"],
        ),
        ([{"id": "a", "model": "m", "score": 4, "run": [1]}], ["record 1, run: `[1]`: expected a text"]),
        ([7], ["record 1, record: `7`: expected keys with values"]),
        ([{"id": "a", "model": "m", "score": 4}, {"id": "a", "model": "m", "score": 4}], [f"record 2, id: `a`: {SECOND}"]),
        (
            [{"id": "a", "model": "m", "score": 4, "gpt_feedback": "### Score\n3"}],
            ["record 1, score: `4`: but gpt_feedback says `3.0`: expected one of the two, or the same number"],
        ),
    ],
)
def test_a_fault_names_its_record_and_field(records: list[Any], faults: list[str]) -> None:
    assert read(records, "a.json")[1] == faults


def test_a_response_has_a_score_in_each_run_and_criterion() -> None:
    content = "id,model,score,criterion,run\n" + "".join(f"a,m,4,{of},{run}\n" for of in ("", "text") for run in ("1", "2"))
    rows, faults = read(content + "a,m,5,overall,1\n")
    assert (len(rows), faults) == (4, [f"record 5, id: `a`: {SECOND}"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,score\n", f"lacks model: {EXPECTED}, not `id,score`"),
        ("", f'lacks id, model, score: {EXPECTED}, not `""`'),
        ("ID,system,rating\n", f"lacks score: {EXPECTED}, not `ID,system,rating`".replace("id, model", "ID, system")),
        ("id,model,score,Score\n", "names a column twice: `score`"),
        ("id,model,system,score\n", "names a column twice: `model`"),
    ],
)
def test_a_bad_first_line_is_refused(content: str, message: str) -> None:
    with pytest.raises(Refused) as caught:
        read(content, "a.csv")
    assert str(caught.value) == f"a.csv: the first line {message}"


def test_a_list_that_ends_too_early_is_a_fault() -> None:
    assert read("[", "a.json") == ([], ["record 1, record: the file ends in the middle of it: expected its end and a ]"])
