"""Every fault of a score file is told, in order, and then nothing is stored."""

import csv
import io
import json
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotation.errors import Refused, Rejected
from annotation.importers import scores
from annotation.importers.readers import LONGEST_RECORD
from annotation.models import Project
from tests.annotation.flow.load.score_files import as_csv, as_json_lines, everything, reasons, says, stored, take
from tests.factories import load as load_items
from tests.factories import make_project, make_user, record, responses

pytestmark = pytest.mark.django_db
KNOWN = "active_seconds, annotator, comment, criterion, id, model, rubric, sample, score, submitted_at, system"
WHOLE = "expected a whole number; nothing or na where the criterion is not applicable; no row where nobody scored it"
HALVES = "expected a whole number: for half points use a rubric with twice the levels, and double the scores"
TIME = "expected a time such as 2026-05-01T12:00:00Z, or nothing"
CHARACTERS = "may not stand in a username: expected letters of any script, digits and @ . + - _"
STRANGER = "annotator: `stranger`: is known here but no member of the project: add them with add_member first"
SECONDS = "expected a whole number of seconds, at most 604,800"


@pytest.fixture
def project() -> Project:
    project = make_project()
    responses(project, 2)
    make_user("stranger")
    return project


def faults_of(project: Project, content: Any, name: str = "scores.csv") -> list[str]:
    """What is told of each fault; the people and rows are as before."""
    before = everything()
    with pytest.raises(Rejected) as caught:
        take(project, content, name)
    assert everything() == before
    return str(caught.value).splitlines()


FAULTS: list[tuple[dict[str, Any], list[str]]] = [
    ({"id": ""}, ['id: `""`: expected a text that is not empty']),
    ({"id": "PBL-9999"}, ["id: `PBL-9999`: there is no such query in the project"]),
    ({"id": "x" * 201}, [f"id: `{'x' * 80}…`: expected at most 200 characters, not 201"]),
    ({"id": "a\0b"}, ["id: `a\\x00b`: a NUL character cannot be stored"]),
    ({"model": " "}, ['model: `" "`: expected a text that is not empty']),
    ({"model": "system-b"}, ["model: `system-b`: there is no answer of system-b, sample 0, to PBL-0001"]),
    ({"sample": 1}, ["model: `system-a`: there is no answer of system-a, sample 1, to PBL-0001"]),
    ({"sample": "-1"}, ["sample: `-1`: expected a whole number from 0"]),
    ({"sample": "first"}, ["sample: `first`: expected a whole number from 0"]),
    ({"annotator": ""}, ['annotator: `""`: expected a text that is not empty']),
    ({"annotator": "a b"}, [f"annotator: `a b`: `\" \"` {CHARACTERS}", "criterion: images is missing"]),
    ({"annotator": "x" * 151}, [f"annotator: `{'x' * 80}…`: expected at most 150 characters, not 151"]),
    ({"annotator": "stranger"}, [STRANGER, "criterion: images is missing"]),
    ({"criterion": ""}, ['criterion: `""`: expected a text that is not empty']),
    ({"criterion": "speed"}, ["criterion: `speed`: unknown; expected text, images, harm"]),
    ({"criterion": "overall"}, ["score: `4`: is computed by this rubric", "criterion: text is missing"]),
    ({"score": "4.5"}, [f"score: `4.5`: {HALVES}"]),
    ({"score": "four"}, [f"score: `four`: {WHOLE}"]),
    ({"score": "9" * 5000}, [f"score: `{'9' * 80}…`: {WHOLE}"]),
    ({"score": "7"}, ["score: `7`: expected 1 to 6"]),
    ({"score": "0"}, ["score: `0`: expected 1 to 6"]),
    ({"score": "NA"}, ["score: `na`: is applicable here: expected a level"]),
    ({"criterion": "harm", "score": "2"}, ["score: `2`: is a penalty: expected 1 or 0"]),
    ({"criterion": "harm", "score": ""}, ["score: `na`: is a penalty: expected 1 or 0"]),
    ({"rubric": "small@2"}, ["rubric: `small@2`: expected small@1"]),
    ({"comment": "x" * 20_001}, [f"comment: `{'x' * 80}…`: expected at most 20,000 characters, not 20,001"]),
    ({"submitted_at": "yesterday"}, [f"submitted_at: `yesterday`: {TIME}"]),
    ({"submitted_at": "0001-01-01T00:00+14:00"}, [f"submitted_at: `0001-01-01T00:00+14:00`: {TIME}"]),
    ({"submitted_at": "1969-12-31"}, ["submitted_at: `1969-12-31`: expected a time from 1970 on"]),
    ({"submitted_at": "9998-01-01"}, ["submitted_at: `9998-01-01`: expected a time that has passed"]),
    ({"active_seconds": "-1"}, [f"active_seconds: `-1`: {SECONDS}"]),
    ({"active_seconds": "604801"}, [f"active_seconds: `604801`: {SECONDS}"]),
    ({"active_seconds": "1.5"}, [f"active_seconds: `1.5`: {SECONDS}"]),
    ({"score": "x", "submitted_at": "x", "rubric": "x"},
     [f"score: `x`: {WHOLE}", f"submitted_at: `x`: {TIME}", "rubric: `x`: expected small@1"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "errors"), FAULTS)
def test_a_fault_is_named_and_nothing_is_stored(project: Project, change: dict[str, Any], errors: list[str]) -> None:
    text, images = says("uma")
    rows = [*says("vic"), text | change, images]
    belongs_elsewhere = {"id", "model", "sample", "annotator"} & change.keys()
    lacks = ["scores.csv: record 4, criterion: text is missing"] if belongs_elsewhere else []
    assert faults_of(project, rows) == [f"scores.csv: record 3, {fault}" for fault in errors] + lacks


JSON_FAULTS: list[tuple[bytes, str]] = [
    (b"{", "record: `{`: not JSON: unexpected end of data: line 1 column 2 (char 1)"),
    (
        b'{"score": NaN}',
        'record: `{"score": NaN}`: not JSON: unexpected character, expected a JSON value: line 1 column 11 (char 10)',
    ),
    (b"\xff", "record: `�`: not JSON: str is not valid UTF-8: surrogates not allowed: line 1 column 1 (char 0)"),
    (b"[" * 100_000, f"record: `{'[' * 80}…`: not JSON: depth limit exceeded: line 1 column 1026 (char 1025)"),
    (b"[]", "record: `[]`: expected keys with values"),
    (as_json_lines([says("uma")[0] | {"speed": 1}]), f"speed: `1`: unknown; expected {KNOWN}"),
    (as_json_lines([says("uma")[0] | {"system": "s"}]), "system: `s`: another name of model, which is there too"),
    (as_json_lines([says("uma")[0] | {"annotator": True}]), "annotator: `true`: expected a text"),
    (as_json_lines([says("uma")[0] | {"id": 4.5}]), "id: `4.5`: expected a text"),
    (as_json_lines([says("uma", text=True)[0]]), f"score: `true`: {WHOLE}"),
    (as_json_lines([says("uma", text=[4])[0]]), f"score: `[4]`: {WHOLE}"),
    (as_json_lines([says("uma", text=1e300)[0]]), f"score: `1e+300`: {WHOLE}"),
    (as_json_lines([says("uma", submitted_at=5)[0]]), f"submitted_at: `5`: {TIME}"),
    (as_json_lines([says("uma", comment={})[0]]), "comment: `{}`: expected a text"),
    (b'{"id": "PBL-0001", "model": "system-a", "annotator": "uma", "criterion": "text"}', "score: missing"),
    (b" " * (LONGEST_RECORD + 1), "record: expected at most 16 MB"),
]


@pytest.mark.parametrize(("line", "errors"), JSON_FAULTS)
def test_a_line_of_json_that_is_at_fault_is_named(project: Project, line: bytes, errors: str) -> None:
    content = as_json_lines(says("vic")) + b"\n" + line
    assert faults_of(project, content, "scores.jsonl")[0] == f"scores.jsonl: record 4, {errors}"


HEAD = "id,model,annotator,criterion,score"
OPTIONAL = "sample, comment, submitted_at, active_seconds, rubric"
EXPECTED = f"expected id, model, annotator, criterion, score and optionally {OPTIONAL}"
FIRST_LINES: list[tuple[bytes, str]] = [
    (b"", f'lacks id, model, annotator, criterion, score: {EXPECTED}, not `""`'),
    (b"id|model", f"lacks id, model, annotator, criterion, score: {EXPECTED}, not `id|model`"),
    (b"id;model;annotator", f"lacks criterion, score: {EXPECTED}, not `id,model,annotator`"),
    (f"{HEAD},speed,force".encode(), f"names what is unknown: `force`, `speed`; expected {KNOWN}"),
    (f"{HEAD},system".encode(), "names a column twice: `model`"),
]


@pytest.mark.parametrize(("line", "fault"), FIRST_LINES)
def test_the_first_line_names_the_columns(project: Project, line: bytes, fault: str) -> None:
    with pytest.raises(Refused) as caught:
        take(project, line)
    assert str(caught.value) == f"scores.csv: the first line {fault}"


@pytest.mark.parametrize(
    ("line", "errors"),
    [
        (HEAD.encode("utf-16"), "expected UTF-8"),
        (b'"id"x', "not CSV: ',' expected after '\"'"),
        (b"x" * 140_000, "a field is longer than 131,072 characters"),
        (b"," * (LONGEST_RECORD + 1), "expected at most 16 MB"),
    ],
)
def test_a_first_line_that_cannot_be_read_is_refused(project: Project, line: bytes, errors: str) -> None:
    with pytest.raises(Refused) as caught:
        take(project, line)
    assert str(caught.value) == f"scores.csv: {errors}"


def test_a_line_that_is_no_csv_is_named_and_the_next_ones_are_read(project: Project) -> None:
    ending = b",system-a,uma,text,4,%b"
    broken = [b'"PBL-0001"x', b"PBL-0001,system-a", b"\xe9" + ending % b"", b"PBL-0009" + ending % (b"x" * 140_000)]
    lines = [as_csv(says("vic", comment="")).rstrip(), *broken, b"", b"PBL-0008" + ending % b"", b'PBL-0001,"']
    assert faults_of(project, b"\n".join(lines)) == [
        "scores.csv: record 3, record: not CSV: ',' expected after '\"'",
        "scores.csv: record 4, record: `PBL-0001,system-a`: expected 6 columns, not 2",
        "scores.csv: record 5, id: `�`: expected UTF-8",
        "scores.csv: record 6, record: a field is longer than 131,072 characters",
        "scores.csv: record 8, id: `PBL-0008`: there is no such query in the project",  # an empty line has a number too
        "scores.csv: record 9, record: not CSV: unexpected end of data",
    ]


def test_what_is_missing_and_what_is_there_twice_is_named(project: Project) -> None:
    text, images = says("uma")
    assert faults_of(project, [text]) == ["scores.csv: record 1, criterion: images is missing"]
    assert faults_of(project, [text, images, images | {"score": 3}]) == [
        "scores.csv: record 3, criterion: `images`: a second score, after that of record 2"
    ]
    long = [row | {"comment": letter * 15_000} for row, letter in zip((text, images), "ab", strict=True)]
    errors = "all comments on one response together: expected a text of at most 20,000 characters"
    assert faults_of(project, long) == [f"scores.csv: record 1, comment: `{'a' * 80}…`: {errors}"]


def test_ten_thousand_bad_rows_are_ten_thousand_rejections_in_their_order(project: Project) -> None:
    rows = [row for number in range(1001, 6001) for row in says("uma", number, harm=0)[:2]]
    with pytest.raises(Rejected) as caught:
        take(project, rows[::-1])
    assert reasons(caught.value) == [
        (record, "id", f"`{row['id']}`: there is no such query in the project") for record, row in enumerate(rows[::-1], 1)
    ]
    told = "`PBL-6000`, `PBL-5999`, `PBL-5998` and 4,997 more: there is no such query in the project"
    assert str(caught.value) == f"scores.csv: id: {told}: 10,000 times, first in record 1"


RIGHT = {
    "id": st.sampled_from(["PBL-0001", "PBL-0002"]),
    "annotator": st.sampled_from(["uma", "vic"]),
    "criterion": st.sampled_from(["text", "images", "harm"]),
    "score": st.sampled_from(["1", "4.0", "0", "", "na"]),
    "sample": st.sampled_from(["", "0", "1"]),
    "comment": st.text(max_size=5),
    "submitted_at": st.sampled_from(["", "2026-05-01", "2026-05-01T12:00+02:00"]),
}
ODD = st.one_of(st.none(), st.text(max_size=8), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans())


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A score file: mostly whole and right annotations, with odd rows, odd values and odd bytes among them."""
    rows = [
        {
            "id": id,
            "annotator": who,
            "model": "system-a",
            "criterion": key,
            "score": score,
            "sample": draw(st.sampled_from(["", 0])),
        }
        for id, who in draw(st.sets(st.tuples(RIGHT["id"], RIGHT["annotator"]), max_size=4))
        for key, score in (
            ("text", draw(st.sampled_from("16"))),
            ("images", draw(st.sampled_from(["2.0", "", "na"]))),
            ("harm", 1),
        )
    ]
    for _odd in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        rows.append({"model": "system-a"} | {key: draw(st.one_of(values, ODD)) for key, values in RIGHT.items()})
    rows = draw(st.permutations(rows))
    if not rows or draw(st.booleans()):
        content = as_json_lines(rows)
        name = "scores.jsonl"
    else:
        content, name = as_csv(rows).replace(b"\xed", b"?"), "scores.csv"
    if draw(st.integers(0, 4)) == 0:
        cut = draw(st.integers(0, len(content)))
        content = content[:cut] + draw(st.binary(max_size=4)) + content[cut:]
    return name, content


def expected_scores(name: str, content: bytes) -> dict[Any, Any]:
    """What the file says, read in the plainest way."""
    text = content.decode("utf-8-sig")
    rows: Any = csv.DictReader(io.StringIO(text, newline="")) if name.endswith("csv") else map(json.loads, text.split("\n")[:-1])
    scores_by_key = {}
    for row in rows:
        key = (str(row["id"]), row["model"], int(float(row["sample"] or 0)), str(row["annotator"]), row["criterion"])
        value = "na" if row["score"] in (None, "", "na") else int(float(row["score"]))
        if key[-1] != "harm" or value:
            scores_by_key[key] = value if key[-1] != "harm" else True
    return scores_by_key


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])  # rolled back each time
@given(files())
@example(("scores.csv", as_csv([row | {"sample": 0} for row in says("uma", 2, harm=0)])))
def test_a_file_is_stored_as_it_says_or_refused(project: Project, file: tuple[str, bytes]) -> None:
    name, content = file
    with suppress(Refused), transaction.atomic():
        take(project, content, name)
        assert stored(project) == (expected_scores(name, content) if content.strip() else {})
        transaction.set_rollback(True)


@settings(max_examples=100)
@given(st.sampled_from(["scores.csv", "scores.jsonl"]), st.one_of(st.binary(), st.text().map(lambda text: HEAD + "\n" + text)))
def test_any_bytes_are_read_to_the_end_or_refused(name: str, content: bytes | str) -> None:
    given = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    with suppress(Refused):
        for row, rejections in scores.read_rows(io.BytesIO(given), name):
            assert (row is not None and row.sound) == (rejections == [])


def test_the_samples_of_a_system_are_kept_apart() -> None:
    project = make_project()
    load_items(project, [record(1), record(1, sample=2)])
    pairs = zip(says("uma", text=1, sample=""), says("uma", text=6, sample="2.0"), strict=True)
    take(project, [row for pair in pairs for row in pair])
    assert {key[2:]: value for key, value in stored(project).items()} == {
        (0, "uma", "text"): 1, (0, "uma", "images"): "na", (2, "uma", "text"): 6, (2, "uma", "images"): "na",
    }  # fmt: skip
