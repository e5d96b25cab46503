"""24 annotators score over HTTP while the annotators per response change, four of them leave, and the next version of the rubric
comes: every response gets exactly the judgements that are wanted, nothing that was acknowledged is lost, and nothing fails."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Semaphore

from tests.factories import record
from tests.installation import RUBRICS, Installation, installation
from tests.test_rubric_moves import draft_next

ANNOTATORS, TASKS, WANTED = 24, 60, 4
LEAVING = ("a3", "a7", "a11", "a23")
STORED = """
import json
from annotation.models import Revision
rows = Revision.objects.values_list(
    "annotation__task__response__query__external_id", "annotation__annotator__username", "annotation__task__rubric__version"
)
print(json.dumps(sorted(rows)))
"""
Judgement = tuple[str, str, int]  # the query's id, the annotator, the version of the rubric


def score_until_nothing_is_left(made: Installation, name: str, token: str, begun: Semaphore) -> list[Judgement]:
    """What was acknowledged. Whoever has left is refused, and stops."""
    acknowledged: list[Judgement] = []
    while (answer := made.insist("POST", "/api/v1/projects/crowd/claim/", token)).status == 200:
        claim = answer.json()
        rated = [item["key"] for item in claim["rubric"]["criteria"] if item["kind"] == "rated"]
        body = {"scores": dict.fromkeys(rated, 3), "feedback": "Fine."}
        done = made.insist("POST", f"/api/v1/assignments/{claim['assignment']['id']}/submit/", token, body)
        begun.release()
        if done.status == 201:
            acknowledged.append((claim["query"]["id"], name, claim["rubric"]["version"]))
        else:
            assert (name in LEAVING, done.status in (403, 404, 409)) == (True, True), done.json()
    assert answer.status == 204 or (name in LEAVING and answer.status in (403, 404))
    return acknowledged


def test_every_response_gets_exactly_the_judgements_that_are_wanted_whatever_changes_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text(json.dumps([record(number) for number in range(TASKS)]))
    with installation(tmp_path / "data") as made:
        made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "crowd", "--rubric", "mmie-pbl", "--overlap", "3")
        made.manage("load_items", str(tmp_path / "items.json"), "--project", "crowd")
        people = {"lea": "manager"} | {f"a{number}": "annotator" for number in range(ANNOTATORS)}
        lea, *tokens = made.tokens("crowd", people)
        draft_next(made, lea)
        names, begun = list(people)[1:], Semaphore(0)

        def score(place: int) -> list[Judgement]:
            return score_until_nothing_is_left(made, names[place], tokens[place], begun)

        with ThreadPoolExecutor(ANNOTATORS) as pool:
            scoring = [pool.submit(score, place) for place in range(ANNOTATORS)]
            for _submission in range(ANNOTATORS):
                begun.acquire()
            made.manage("set_overlap", "2", "--project", "crowd")
            moved = made.insist("POST", "/api/v1/projects/crowd/rubrics/move/", lea, {"rubric": "mmie-pbl@2"})
            for name in LEAVING:
                made.manage("end_member", name, "--project", "crowd")
            made.manage("set_overlap", str(WANTED), "--project", "crowd")
            first = [future.result() for future in scoring]
            again = list(pool.map(score, range(ANNOTATORS)))  # who was done before the number rose, and what was given back
        fitted = made.manage("set_overlap", str(WANTED), "--project", "crowd")
        stored = [tuple(row) for row in made.run(STORED)]
        log = Path(made.environment["DATA_DIR"], "gunicorn.log").read_text()
    acknowledged = [judgement for part in (*first, *again) for judgement in part]
    assert sorted(acknowledged) == stored
    assert len({row[:2] for row in stored}) == len(stored)
    assert set(Counter(query for query, _name, _version in stored).values()) == {WANTED}
    assert len({(query, version) for query, _name, version in stored}) == TASKS  # no response has two versions
    assert (moved.status, fitted["slots_added"], fitted["slots_withdrawn"], fitted["kept"]) == (200, 0, 0, 0)
    assert "Traceback" not in log
