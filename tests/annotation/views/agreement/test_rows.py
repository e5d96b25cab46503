from itertools import combinations
from typing import Any

from annotation.views.agreement.rows import pairs_of


def kappas(names: list[str], least: tuple[str, str]) -> list[dict[str, Any]]:
    """The kappa of the pair `least` is lowest; those of the first two annotators rest on few responses."""
    return [
        {
            "rubric": "small@1",
            "criterion": None,
            "annotators": list(pair),
            "weighted_kappa": {
                "value": 0.1 if pair == least else 0.0 if pair == (names[0], names[1]) else 0.5 + number / 10_000,
                "n": 29 if pair == (names[0], names[1]) else 30,
                "reason": None,
            },
        }
        for number, pair in enumerate(combinations(names, 2))
    ]


def test_of_up_to_24_annotators_the_matrix_has_all() -> None:
    names = [f"ann-{number:02}" for number in range(24)]
    pairs = pairs_of("study", kappas(names, ("ann-03", "ann-20")), "small@1", None)
    assert pairs is not None
    assert ([label.name for label, _squares in pairs["matrix"].rows], pairs["worst"], pairs["annotators"]) == (names, [], 24)


def test_of_more_annotators_the_matrix_has_those_of_the_pairs_that_agree_least_and_a_list_names_these() -> None:
    names = [f"ann-{number:02}" for number in range(30)]
    pairs = pairs_of("study", kappas(names, ("ann-03", "ann-29")), "small@1", None)
    assert pairs is not None
    assert (pairs["annotators"], len(pairs["matrix"].rows), len(pairs["worst"])) == (30, 24, 12)
    assert [worst["names"] for worst in pairs["worst"][:2]] == ["ann-03 · ann-29", "ann-00 · ann-02"]
    assert (
        pairs["worst"][0]["href"] == "/projects/study/responses/?rubric=small%401&criterion=*&annotator=ann-03&annotator=ann-29"
    )
    assert {"ann-03", "ann-29"} <= {label.name for label, _squares in pairs["matrix"].rows}
    assert not any(worst["few"] for worst in pairs["worst"])  # what rests on few responses comes last


def test_without_two_annotators_there_is_no_matrix() -> None:
    assert pairs_of("study", [], "small@1", None) is None
