"""Annotators score over HTTP while the annotators per response fall and rise: the number of judgements is exact."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.factories import record
from tests.installation import RUBRICS, installation
from tests.test_many_annotators import score_until_nothing_is_left

ANNOTATORS, TASKS = 12, 60


def test_judgements_are_exact_whatever_the_overlap_was_meanwhile(tmp_path: Path) -> None:
    records = [record(number) for number in range(1, TASKS + 1)]
    (tmp_path / "items.json").write_text(json.dumps(records))
    with installation(tmp_path / "data") as made:
        made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "crowd", "--rubric", "mmie-pbl", "--overlap", "4")
        made.manage("load_items", str(tmp_path / "items.json"), "--project", "crowd")
        tokens = made.tokens("crowd", {f"a{number}": "annotator" for number in range(ANNOTATORS)})
        with ThreadPoolExecutor(ANNOTATORS) as pool:
            scoring = [pool.submit(score_until_nothing_is_left, made, token) for token in tokens]
            lowered = made.manage("set_overlap", "2", "--project", "crowd")
            made.manage("set_overlap", "3", "--project", "crowd")
            scored = [future.result() for future in scoring]
            scored += pool.map(score_until_nothing_is_left, [made] * ANNOTATORS, tokens)
        fitted = made.manage("set_overlap", "3", "--project", "crowd")
    counted = Counter(text for texts in scored for text in texts)
    more = [text for text, number in counted.items() if number > 3]
    assert (len(counted), set(counted.values()) <= {3, 4}) == (TASKS, True)
    assert (fitted["slots_added"], fitted["slots_withdrawn"], fitted["kept"]) == (0, 0, len(more))
    assert len(more) <= lowered["kept"]  # what was judged or held by four as the number fell
    by_person = [Counter(first + second) for first, second in zip(scored[:ANNOTATORS], scored[ANNOTATORS:], strict=True)]
    assert all(set(numbers.values()) <= {1} for numbers in by_person)
