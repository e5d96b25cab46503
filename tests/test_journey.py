"""The whole job through the real doors: commands as processes, annotators and adjudicator over HTTP, files read back."""

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pytest

from tests.installation import DEMO, RUBRICS, Installation, installation

NAMES = ("ana", "bo", "chen")


def opinion(name: str, claim: dict[str, Any]) -> dict[str, Any]:
    """What this annotator says of a response: a level that depends on both, so that some responses are disputed."""
    text = json.dumps(claim["response"])
    scores = {}
    for place, criterion in enumerate(claim["rubric"]["criteria"]):
        if criterion["kind"] == "rated":
            base = 1 + (len(text) + place) % 5
            shift = {"ana": 0, "bo": 1, "chen": 3 if len(text) % 4 == 0 and place == 2 else 0}[name]
            scores[criterion["key"]] = min(6, base + shift)
    return {"scores": scores, "penalties": [], "feedback": f"{name} says so", "active_seconds": 30}


def score_everything(made: Installation, name: str, token: str) -> int:
    done = 0
    while (answer := made.api("POST", "/api/v1/projects/pilot/claim/", token)).status == 200:
        claim = answer.json()
        path = f"/api/v1/assignments/{claim['assignment']['id']}"
        said = opinion(name, claim)
        assert made.api("PUT", f"{path}/draft/", token, said).status == 200
        assert made.api("POST", f"{path}/submit/", token, said).status == 201
        done += 1
    assert answer.status == 204
    return done


def decide_everything(made: Installation, token: str) -> int:
    done = 0
    while (answer := made.api("POST", "/api/v1/projects/pilot/adjudicate/", token)).status == 200:
        case = answer.json()["adjudication"]
        assert case["revealed"] is None
        path = f"/api/v1/adjudications/{case['id']}"
        answers = {key: False if key == "emotional_impact" else 3 for key in case["criteria"]}
        shown = made.api("POST", f"{path}/unseen/", token, {"answers": answers}).json()
        assert [said["name"] for said in shown["adjudication"]["revealed"]] == ["Annotator A", "Annotator B", "Annotator C"]
        decisions = {key: {"score": value, "cause": "slip", "reason": "a slip"} for key, value in answers.items()}
        assert made.api("POST", f"{path}/decide/", token, {"decisions": decisions}).status == 201
        done += 1
    return done


@pytest.fixture(scope="module")
def journey(tmp_path_factory: Any) -> Any:
    folder = tmp_path_factory.mktemp("journey")
    with installation(folder / "data") as made:
        steps: dict[str, Any] = {"made": made, "out": folder / "release"}
        steps["rubrics"] = made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "pilot", "--rubric", "mmie-sa", "--rubric", "mmie-pbl", "--rubric", "mmie-msr")
        load = ("load_items", str(DEMO / "items.json"), "--project", "pilot")
        steps["loaded"], steps["again"] = made.manage(*load), made.manage(*load)
        people = [(name, "annotator") for name in NAMES] + [("ada", "adjudicator"), ("lea", "manager")]
        tokens = {
            name: made.manage("add_member", name, "--project", "pilot", "--role", role, "--create", "--token")["token"]
            for name, role in people
        }
        steps["tokens"] = tokens
        steps["scored"] = {name: score_everything(made, name, tokens[name]) for name in NAMES}
        steps["decided"] = decide_everything(made, tokens["ada"])
        steps["agreement"] = made.manage("agreement", "--project", "pilot")
        steps["agreement_api"] = made.api("GET", "/api/v1/projects/pilot/agreement/", tokens["lea"]).json()
        steps["released"] = made.manage("release", "--project", "pilot", "--out", str(steps["out"]), "--check-size", "5")
        steps["verified"] = made.manage("verify_release", str(steps["out"]))
        steps["checked"] = made.manage("check_scorer", str(DEMO / "scorer.json"), "--project", "pilot")
        yield steps


def test_loading_makes_everything_once(journey: Any) -> None:
    counts = {"queries": 9, "responses": 36, "references": 18, "images": 32, "tasks": 36, "skipped": 0, "rejected": []}
    counts |= {"correct_answers": 3, "possible_duplicates": 0}
    assert journey["loaded"] == counts
    assert journey["again"] == dict.fromkeys(counts, 0) | {"skipped": 36, "rejected": []}


def test_three_annotators_score_everything_and_disputes_are_decided(journey: Any) -> None:
    assert journey["scored"] == {"ana": 36, "bo": 36, "chen": 36}
    assert journey["decided"] > 0
    counts = journey["released"]["counts"]
    assert counts["agreed"] + counts["adjudicated"] == 36
    assert 0 < counts["adjudicated"] <= journey["decided"]
    of_training = {"agreed", "adjudicated", "without_feedback", "scores_not_applicable", "pairs", "pairs_of_different_images"}
    assert {key: counts[key] for key in counts.keys() - of_training - {"mixed_in"} if not key.startswith("mmie_")} == {
        "labelled": 36,
        "not_judged": 0,
        "disputed": 0,
        "not_applicable": 0,
        "unusable": 0,
        "revised": 0,
        "not_independent": 0,
        "released": 36,
        "ratings": 36 * 3 * 6 + 24 * 3,
    }


def test_command_and_api_report_the_same(journey: Any) -> None:
    assert journey["agreement"] == journey["agreement_api"]


def test_every_alpha_is_that_of_krippendorff_on_the_released_ratings(journey: Any) -> None:
    ratings: Any = defaultdict(dict)
    with (journey["out"] / "ratings.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            item = (row["id"], row["system"], row["sample"])
            if (row["first"], row["role"]) == ("1", "annotator"):
                ratings[row["rubric"], row["criterion"]][row["annotator"], item] = float(row["score"] or "nan")
    compared = 0
    for row in journey["agreement"]["groups"][0]["criteria"]:
        if row["criterion"] == "overall" or row["alpha"]["value"] is None:
            continue
        of_row = ratings[row["rubric"], row["criterion"]]
        annotators, items = sorted({key[0] for key in of_row}), sorted({key[1] for key in of_row})
        table = np.array([[of_row.get((who, item), float("nan")) for item in items] for who in annotators])
        domain = [0, 1] if row["alpha"]["level"] == "nominal" else [1, 2, 3, 4, 5, 6]
        value = krippendorff.alpha(table, value_domain=domain, level_of_measurement=row["alpha"]["level"])
        assert row["alpha"]["value"] == pytest.approx(value, abs=1e-12)
        compared += 1
    assert compared == 18


def test_each_line_for_internvl_has_as_many_marks_as_images_in_order(journey: Any) -> None:
    lines = [
        json.loads(line)
        for name in ("train", "check")
        for line in (journey["out"] / "internvl" / f"{name}.jsonl").read_text().splitlines()
    ]
    assert len(lines) == 36
    for line in lines:
        prompt, images = line["conversations"][0]["value"], line.get("image", [])
        assert prompt.count("<image>") == len(images)
        assert [f"Image-{number}: <image>" in prompt for number in range(len(images))] == [True] * len(images)
        assert all((journey["out"] / "images" / name).is_file() for name in images)


def test_mmies_reader_finds_every_image_and_a_first_text(journey: Any) -> None:
    folder = journey["out"] / "mmie"
    records = json.loads((folder / "data.json").read_text())
    assert len(records) == journey["released"]["split"]["check"]
    for record in records:
        assert isinstance(record["gt_answer"][0]["text"], str)
        for block in (*record["question"], *record["answer"], *record["gt_answer"]):
            assert block["image"] is None or (folder / block["image"]).is_file()


def test_the_release_is_split_by_query_verified_and_names_nobody(journey: Any) -> None:
    labels = [json.loads(line) for line in (journey["out"] / "labels.jsonl").read_text().splitlines()]
    sides: Any = defaultdict(set)
    for label in labels:
        sides[label["id"]].add(label["split"])
    assert all(len(side) == 1 for side in sides.values())
    assert journey["released"]["split"] == {"train": 32, "check": 4, "test": 0}
    assert journey["verified"]["problems"] == []
    for name in NAMES:
        assert f'"{name}"' not in (journey["out"] / "manifest.json").read_text()
        assert f",{name}," not in (journey["out"] / "ratings.csv").read_text()


def test_the_scorer_is_checked_against_the_check_split(journey: Any) -> None:
    report = journey["checked"]
    assert (report["split"], report["labels"], report["scored"] + report["unreadable"]) == ("check", 4, 4)
    assert list(report["overall"]) == [
        "cosine", "mse", "mae", "pearson", "bias", "spearman", "weighted_kappa", "exact", "adjacent", "standardised_difference",
    ]  # fmt: skip
    assert set(report["baselines"]) == {"mean", "commonest", "shuffled"}


def test_secrets_stay_out_of_the_log(journey: Any) -> None:
    made: Installation = journey["made"]
    log = (Path(made.environment["DATA_DIR"]) / "gunicorn.log").read_text()
    assert not any(token in log for token in journey["tokens"].values())
    assert "Traceback" not in log
