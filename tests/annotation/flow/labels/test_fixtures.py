"""The table of fixtures/labels, computed by hand, holds wherever a label is shown or written."""

import csv
import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from annotation.flow.labels import labels
from tests.annotation.flow.labels.fixtures import World, expected, groups, read_table
from tests.markup import compact

pytestmark = pytest.mark.django_db
LEFT_OUT_TEXTS = {
    "not_judged": "incomplete",
    "disputed": "awaiting adjudication",
    "unusable": "marked unusable",
    "not_applicable": "no criterion is applicable",
}


@pytest.mark.parametrize(("name", "cases"), groups(), ids=lambda value: value if isinstance(value, str) else "")
def test_labels_are_those_of_the_table(
    name: str, cases: list[dict[str, Any]], client: Client, tmp_path: Path, capsys: Any
) -> None:
    world = World(cases)
    table = [expected(case) for case in cases]
    queries = [f"PBL-{number:04}" for number in range(1, len(cases) + 1)]
    assert dict(zip(queries, of_flow(world), strict=True)) == dict(zip(queries, table, strict=True))
    client.force_login(world.lea)
    for task, told in zip(world.tasks, table, strict=True):
        assert_page(client, task.pk, told)
    assert_api(client, dict(zip(queries, table, strict=True)))
    assert_commands(queries, table, tmp_path, capsys)


def of_flow(world: World) -> list[dict[str, Any]]:
    told = []
    for label in labels(world.project):
        one: dict[str, Any] = {name: getattr(label, name) for name in ("left_out", "changed", "revised", "overall")}
        values = {key: value.value if key != "harm" else value.applies for key, value in label.criteria.items()}
        told.append(one | {"how": None if label.left_out else label.how, "criteria": None if label.left_out else values})
    return told


def assert_page(client: Client, task: int, told: dict[str, Any]) -> None:
    page = compact(client.get(f"/responses/{task}/").content.decode())
    assert ("The label rests on a revision." in page) == told["revised"]
    if told["left_out"]:
        assert f"<small>{LEFT_OUT_TEXTS[told['left_out']]}</small>" in page
        return
    score = int(told["overall"] + Fraction(1, 2))
    assert f"<small>overall {float(told['overall']):.2f}, score {score}, {told['how']}</small>" in page
    rows = {title.lower(): cells for title, cells in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page)}
    shown = {key: re.findall(r"<b>(.*?)</b>", rows[key]) for key in told["criteria"]}
    assert shown == {key: [as_shown(value)] for key, value in told["criteria"].items()}


def as_shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else f"{float(value):.2f}".removesuffix(".00")


def assert_api(client: Client, table: dict[str, dict[str, Any]]) -> None:
    """The API lists what waits, and what changed since its decision; no label."""
    cache.clear()  # else it may show what waited a minute ago
    cases = client.get("/api/v1/projects/study/adjudications/").json()["adjudications"]
    waiting = {case["query"] for case in cases if case["state"] != "changed"}
    assert waiting == {query for query, told in table.items() if told["left_out"] == "disputed"}
    assert {case["query"] for case in cases} - waiting == {query for query, told in table.items() if told["changed"]}


def assert_commands(queries: list[str], table: list[dict[str, Any]], folder: Path, capsys: Any) -> None:
    """check_scorer, given the labels as a scorer's scores, finds no error; a release writes them."""
    labelled = {query: told for query, told in zip(queries, table, strict=True) if not told["left_out"]}
    if not labelled:
        return
    scores = folder / "scores.csv"
    with scores.open("w", newline="") as file:
        rows = [(query, "system-a", float(told["overall"])) for query, told in labelled.items()]
        csv.writer(file).writerows([("id", "model", "score"), *rows])
    capsys.readouterr()
    call_command("check_scorer", str(scores), project="study", split="all", json=True)
    report = json.loads(capsys.readouterr().out)
    assert (report["labels"], report["scored"], report["overall"]["mae"]["value"]) == (len(labelled), len(labelled), 0)
    call_command("release", project="study", out=folder / "out", check_size=0, json=True)
    manifest = json.loads(capsys.readouterr().out)
    assert manifest["counts"]["revised"] == sum(told["revised"] for told in labelled.values())
    reasons = {row["id"]: row["reason"] for row in manifest["left_out"]}
    assert reasons == {query: told["left_out"] for query, told in zip(queries, table, strict=True) if told["left_out"]}
    lines = {line["id"]: line for line in map(json.loads, (folder / "out" / "labels.jsonl").read_text().splitlines())}
    assert {query: of_line(line) for query, line in lines.items()} == {
        query: (float(told["overall"]), told["how"], told["revised"], as_floats(told["criteria"]))
        for query, told in labelled.items()
    }


def of_line(line: dict[str, Any]) -> tuple[Any, ...]:
    values = {criterion["key"]: criterion["label"] for criterion in (*line["criteria"], *line["penalties"])}
    return line["overall"], line["how"], line["revised"], values


def as_floats(values: dict[str, Any]) -> dict[str, Any]:
    return {key: float(value) if isinstance(value, Fraction) else value for key, value in values.items()}


def test_the_table_has_every_number_of_ratings_and_every_reason() -> None:
    table = read_table()
    assert {len(case["ratings"]) for case in table} == {1, 2, 3, 4, 5}
    assert {case["left_out"] for case in table if "left_out" in case} == set(LEFT_OUT_TEXTS)
