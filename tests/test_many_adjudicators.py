"""12 adjudicators at once, over HTTP to a server of several processes: every case is decided once, by one person."""

import csv
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.factories import record
from tests.installation import RUBRICS, Installation, installation

ADJUDICATORS, TASKS, DISPUTED = 12, 80, 60
CRITERIA = (
    "text_quality", "image_quality", "text_image_coherence", "method_quality", "creativity", "stylistic_consistency",
)  # fmt: skip


def write_scores(file: Path) -> None:
    """On the first responses the three annotators are far apart."""
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "model", "annotator", "criterion", "score"])
        for number in range(1, TASKS + 1):
            for annotator, score in zip(("ana", "bo", "chen"), (1, 1, 6) if number <= DISPUTED else (4, 4, 4), strict=True):
                for criterion in CRITERIA:
                    na = "na" if "image" in criterion else score
                    rows.writerow([f"PBL-{number:04}", "system-a", annotator, criterion, na])


def decide_until_nothing_is_left(made: Installation, token: str) -> list[int]:
    """The cases that this adjudicator decided."""
    decided = []
    while True:
        answer = made.api("POST", "/api/v1/projects/crowd/adjudicate/", token)
        if answer.status == 204:
            return decided
        kinds = {item["key"]: item["kind"] for item in answer.json()["rubric"]["criteria"]}
        case = answer.json()["adjudication"]
        address = f"/api/v1/adjudications/{case['id']}/"
        scores = {key: 3 if kinds[key] == "rated" else False for key in case["criteria"]}
        assert made.api("POST", f"{address}unseen/", token, {"answers": scores}).status == 200
        decisions = {key: {"score": score, "cause": "slip", "reason": "A slip."} for key, score in scores.items()}
        assert made.api("POST", f"{address}decide/", token, {"decisions": decisions}).status == 201
        decided.append(case["id"])


def test_12_adjudicators_decide_60_cases_each_once(tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text(json.dumps([record(number) for number in range(1, TASKS + 1)]))
    write_scores(tmp_path / "scores.csv")
    with installation(tmp_path / "data") as made:
        made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "crowd", "--rubric", "mmie-pbl")
        made.manage("load_items", str(tmp_path / "items.json"), "--project", "crowd")
        made.manage("load_scores", str(tmp_path / "scores.csv"), "--project", "crowd")
        tokens = made.tokens("crowd", {f"d{number}": "adjudicator" for number in range(ADJUDICATORS)})
        with ThreadPoolExecutor(ADJUDICATORS) as pool:
            results = list(pool.map(decide_until_nothing_is_left, [made] * ADJUDICATORS, tokens))
        [lea] = made.tokens("crowd", {"lea": "manager"})
        left = made.api("GET", "/api/v1/projects/crowd/adjudications/", lea).json()
    counted = Counter(case for decided in results for case in decided)
    assert set(counted.values()) == {1}
    assert len(counted) >= DISPUTED
    assert left["count"] == 0
