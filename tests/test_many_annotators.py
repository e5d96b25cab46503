"""48 annotators at once, over HTTP to a server of several processes: the overlap stays exact."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.factories import block, png, record
from tests.installation import RUBRICS, Installation, installation

ANNOTATORS, TASKS, OVERLAP = 48, 200, 3
WITH_COPIES = 60  # queries, two of a kind


def score_until_nothing_is_left(made: Installation, token: str) -> list[str]:
    """The responses that this annotator scored, by their text."""
    scored = []
    while True:
        answer = made.insist("POST", "/api/v1/projects/crowd/claim/", token)
        if answer.status == 204:
            return scored
        claim = answer.json()
        scores = {item["key"]: 4 for item in claim["rubric"]["criteria"] if item["kind"] == "rated"}
        path = f"/api/v1/assignments/{claim['assignment']['id']}/submit/"
        assert made.insist("POST", path, token, {"scores": scores}).status == 201
        scored.append(claim["response"]["blocks"][0]["text"])


def test_48_annotators_on_200_tasks_make_600_annotations(tmp_path: Path) -> None:
    records: list[Any] = [
        record(number, answer=[{"text": f"Answer {number}", "image": "a.png"}]) for number in range(1, TASKS + 1)
    ]
    (tmp_path / "items.json").write_text(json.dumps(records))
    (tmp_path / "a.png").write_bytes(png())
    with installation(tmp_path / "data") as made:
        made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "crowd", "--rubric", "mmie-pbl", "--overlap", str(OVERLAP))
        made.manage("load_items", str(tmp_path / "items.json"), "--project", "crowd")
        tokens = made.tokens("crowd", {f"a{number}": "annotator" for number in range(ANNOTATORS)})
        with ThreadPoolExecutor(ANNOTATORS) as pool:
            results = list(pool.map(score_until_nothing_is_left, [made] * ANNOTATORS, tokens))
        report = made.manage("agreement", "--project", "crowd")
    counted = Counter(text for scored in results for text in scored)
    assert sum(counted.values()) == TASKS * OVERLAP
    assert set(counted.values()) == {OVERLAP}
    assert all(len(scored) == len(set(scored)) for scored in results)
    row = report["groups"][0]["criteria"][0]
    assert (row["items"], row["ratings"]) == (TASKS, TASKS * OVERLAP)


def drop_what_can_be_dropped(made: Installation, token: str) -> dict[int, list[str]]:
    """The answers by status: the second query of each pair dropped, or refused because somebody has begun to judge it."""
    by_status: dict[int, list[str]] = {200: [], 400: []}
    for pair in made.insist("GET", "/api/v1/projects/crowd/duplicates/", token).json()["pairs"]:
        body = {"verdict": "dropped", "query": pair["second"]}
        by_status[made.insist("POST", f"/api/v1/duplicates/{pair['id']}/", token, body).status].append(pair["second"])
    return by_status


def test_queries_are_dropped_while_6_annotators_score(tmp_path: Path) -> None:
    """What was dropped nobody scored, and all else has its exact overlap."""
    records = [record(number, question=[block(f"Question {number // 2}")]) for number in range(WITH_COPIES)]
    (tmp_path / "items.json").write_text(json.dumps(records))
    with installation(tmp_path / "data") as made:
        made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "crowd", "--rubric", "mmie-pbl", "--overlap", str(OVERLAP))
        made.manage("load_items", str(tmp_path / "items.json"), "--project", "crowd")
        people = {"lea": "manager"} | {f"a{number}": "annotator" for number in range(6)}
        [lea, *tokens] = made.tokens("crowd", people)
        with ThreadPoolExecutor(len(tokens) + 1) as pool:
            scoring = [pool.submit(score_until_nothing_is_left, made, token) for token in tokens]
            by_status = pool.submit(drop_what_can_be_dropped, made, lea).result()
            counted = Counter(text for done in scoring for text in done.result())
    assert len(by_status[200]) + len(by_status[400]) == WITH_COPIES // 2
    dropped = {f"Answer {int(name.removeprefix('PBL-'))}" for name in by_status[200]}
    assert dropped
    assert counted == dict.fromkeys({f"Answer {number}" for number in range(WITH_COPIES)} - dropped, OVERLAP)
