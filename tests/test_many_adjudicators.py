"""12 adjudicators at once, over HTTP to a server of several processes: every case is decided once, by one person."""

import csv
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.factories import record
from tests.installation import RUBRICS, Answer, Installation, installation

ADJUDICATORS, TASKS, DISPUTED = 12, 80, 60
REOPENED = 12
CRITERIA = (
    "text_quality", "image_quality", "text_image_coherence", "method_quality", "creativity", "stylistic_consistency",
)  # fmt: skip


SECOND_DECISIONS = """
from annotation.models import Rules
Rules.objects.update(second_share=1, undisputed_share=0)
print("null")
"""
CASES = """
import json
from annotation.models import Adjudication
print(json.dumps(dict(Adjudication.objects.values_list("pk", "task"))))
"""
OPEN_ROUNDS = """
import json
from annotation.models import Adjudication
print(json.dumps(list(Adjudication.objects.open().values_list("round", "second"))))
"""


def write_scores(file: Path, responses: int = TASKS) -> None:
    """On the first responses the three annotators are far apart."""
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "model", "annotator", "criterion", "score"])
        for number in range(1, responses + 1):
            for annotator, score in zip(("ana", "bo", "chen"), (1, 1, 6) if number <= DISPUTED else (4, 4, 4), strict=True):
                for criterion in CRITERIA:
                    na = "na" if "image" in criterion else score
                    rows.writerow([f"PBL-{number:04}", "system-a", annotator, criterion, na])


def decide_until_nothing_is_left(made: Installation, token: str) -> list[int]:
    """The cases that this adjudicator decided."""
    decided = []
    while True:
        answer = made.insist("POST", "/api/v1/projects/crowd/adjudicate/", token)
        if answer.status == 204:
            return decided
        kinds = {item["key"]: item["kind"] for item in answer.json()["rubric"]["criteria"]}
        case = answer.json()["adjudication"]
        address = f"/api/v1/adjudications/{case['id']}/"
        scores = {key: 3 if kinds[key] == "rated" else False for key in case["criteria"]}
        assert made.insist("POST", f"{address}unseen/", token, {"answers": scores}).status == 200
        decisions = {key: {"score": score, "cause": "slip", "reason": "A slip."} for key, score in scores.items()}
        assert made.insist("POST", f"{address}decide/", token, {"decisions": decisions}).status == 201
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
        left = made.insist("GET", "/api/v1/projects/crowd/adjudications/", lea).json()
    counted = Counter(case for decided in results for case in decided)
    assert set(counted.values()) == {1}
    assert len(counted) >= DISPUTED
    assert left["count"] == 0


def test_reopening_twice_while_others_take_the_second_decision_is_answered_and_begins_one_round(tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text(json.dumps([record(number) for number in range(1, REOPENED + 1)]))
    write_scores(tmp_path / "scores.csv", REOPENED)
    with installation(tmp_path / "data") as made:
        made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "crowd", "--rubric", "mmie-pbl")
        made.manage("load_items", str(tmp_path / "items.json"), "--project", "crowd")
        made.manage("load_scores", str(tmp_path / "scores.csv"), "--project", "crowd")
        roles = {"ada": "adjudicator", "bea": "adjudicator", "cai": "adjudicator", "lea": "manager", "max": "manager"}
        ada, bea, cai, lea, max_ = made.tokens("crowd", roles)
        cases = decide_until_nothing_is_left(made, ada)
        made.run(SECOND_DECISIONS)  # from now on each is decided once more
        tasks = made.run(CASES)

        def call(token: str, path: str, body: dict[str, object]) -> Answer:
            return made.insist("POST", f"/api/v1/{path}", token, body)

        statuses = []
        with ThreadPoolExecutor(4) as pool:
            for case in cases:
                reopening = [(token, f"adjudications/{case}/reopen/", {"reason": "Wrong."}) for token in (lea, max_)]
                taking = [(token, "projects/crowd/adjudicate/", {"task": tasks[str(case)]}) for token in (bea, cai)]
                answers = list(pool.map(lambda one: call(*one), [*reopening, *taking]))
                for token, answer in zip((bea, cai), answers[2:], strict=True):
                    if answer.status == 200:  # lets the case go, to be free for the next
                        call(token, f"adjudications/{answer.json()['adjudication']['id']}/skip/", {"reason": "Later."})
                statuses.append([answer.status for answer in answers])
        rounds = made.run(OPEN_ROUNDS)
    assert {status for row in statuses for status in row} <= {200, 201, 204, 409}
    assert [sorted(row[:2]) for row in statuses] == [[201, 409]] * len(cases)
    assert rounds == [[2, False]] * len(cases)
