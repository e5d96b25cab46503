"""A project moves to the next version of its rubric while 6 annotators score, over HTTP to a server of several processes."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Semaphore
from typing import Any

from tests.factories import record
from tests.installation import RUBRICS, Installation, installation

ANNOTATORS, TASKS, OVERLAP, BEFORE = 6, 60, 2, 20
STORED = """
import json
from annotation.models import Score
rows = Score.objects.order_by("pk").values_list(
    "revision__annotation__task__response__query__external_id", "revision__annotation__annotator__username",
    "revision__annotation__task__rubric__version", "criterion__rubric__version",
)
print(json.dumps(sorted(set(rows))))
"""


def score_all(made: Installation, token: str, begun: Semaphore) -> list[tuple[str, int]]:
    """Query and version of everything that this annotator claimed and submitted, by what the claim showed."""
    scored = []
    while True:
        answer = made.insist("POST", "/api/v1/projects/crowd/claim/", token)
        if answer.status == 204:
            return scored
        claim = answer.json()
        rated = [item["key"] for item in claim["rubric"]["criteria"] if item["kind"] == "rated"]
        body = {"scores": dict.fromkeys(rated, 3), "feedback": "Fine."}
        done = made.insist("POST", f"/api/v1/assignments/{claim['assignment']['id']}/submit/", token, body)
        assert done.status == 201, done.json()
        begun.release()
        scored.append((claim["query"]["id"], claim["rubric"]["version"]))


def draft_next(made: Installation, token: str) -> None:
    """Without one of the criteria: whoever scored it after the move would be refused."""
    content = made.insist("GET", "/api/v1/rubrics/mmie-pbl/1/file/", token).json()
    content["criteria"] = [item for item in content["criteria"] if item["key"] != "creativity"]
    assert made.insist("POST", "/api/v1/rubrics/mmie-pbl/1/next/", token, content).status == 200


def move_on(made: Installation, token: str, begun: Semaphore) -> dict[str, Any]:
    for _submission in range(BEFORE):
        begun.acquire()
    answer = made.insist("POST", "/api/v1/projects/crowd/rubrics/move/", token, {"rubric": "mmie-pbl@2"})
    assert answer.status == 200
    moved: dict[str, Any] = answer.json()
    return moved


def test_everybody_scores_by_the_version_that_they_were_shown_and_no_response_has_two(tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text(json.dumps([record(number) for number in range(TASKS)]))
    with installation(tmp_path / "data") as made:
        made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "crowd", "--rubric", "mmie-pbl", "--overlap", str(OVERLAP))
        made.manage("load_items", str(tmp_path / "items.json"), "--project", "crowd")
        people = {"lea": "manager"} | {f"a{number}": "annotator" for number in range(ANNOTATORS)}
        [lea, *tokens] = made.tokens("crowd", people)
        draft_next(made, lea)
        begun = Semaphore(0)
        with ThreadPoolExecutor(ANNOTATORS + 1) as pool:
            scoring = [pool.submit(score_all, made, token, begun) for token in tokens]
            moved = pool.submit(move_on, made, lea, begun).result()
            shown = {(query, f"a{number}", version) for number, done in enumerate(scoring) for query, version in done.result()}
        stored = made.run(STORED)
    assert {(query, who, version) for query, who, version, _of_score in stored} == shown
    assert all(version == of_score for _query, _who, version, of_score in stored)
    assert len(stored) == TASKS * OVERLAP
    versions = {query: {row[2] for row in stored if row[0] == query} for query, *_rest in stored}
    assert sum(found == {1} for found in versions.values()) == moved["begun"] + moved["done"]
    assert sum(found == {2} for found in versions.values()) == moved["moving"] > 0
