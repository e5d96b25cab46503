from annotation.exporters.split import Response, contents

RESPONSES = {
    "q1": [Response("pbl", "art", "a"), Response("pbl", "art", "b")],
    "q2": [Response("pbl", "physics", "b")],
    "q3": [Response("sa", "art", "a")],
}
SPLITS = {"q1": "train", "q2": "train", "q3": "check"}


def stratum(category: str, field: str, responses: int, share: float | None, whole: float) -> dict[str, object]:
    return {"category": category, "field": field, "responses": responses, "share": share, "whole": whole}


def system(name: str, responses: int, share: float | None, whole: float) -> dict[str, object]:
    return {"system": name, "responses": responses, "share": share, "whole": whole}


def test_each_split_is_counted_against_the_whole() -> None:
    assert contents(RESPONSES, SPLITS) == {
        "train": {
            "responses": 3,
            "queries": 2,
            "strata": [
                stratum("pbl", "art", 2, 0.6667, 0.5),
                stratum("pbl", "physics", 1, 0.3333, 0.25),
                stratum("sa", "art", 0, 0.0, 0.25),
            ],
            "systems": [system("a", 1, 0.3333, 0.5), system("b", 2, 0.6667, 0.5)],
        },
        "check": {
            "responses": 1,
            "queries": 1,
            "strata": [
                stratum("pbl", "art", 0, 0.0, 0.5),
                stratum("pbl", "physics", 0, 0.0, 0.25),
                stratum("sa", "art", 1, 1.0, 0.25),
            ],
            "systems": [system("a", 1, 1.0, 0.5), system("b", 0, 0.0, 0.5)],
        },
        "test": {
            "responses": 0,
            "queries": 0,
            "strata": [
                stratum("pbl", "art", 0, None, 0.5),
                stratum("pbl", "physics", 0, None, 0.25),
                stratum("sa", "art", 0, None, 0.25),
            ],
            "systems": [system("a", 0, None, 0.5), system("b", 0, None, 0.5)],
        },
    }


def test_a_system_that_is_held_out_is_not_in_train_and_counts_in_the_whole() -> None:
    train = contents(RESPONSES, SPLITS, frozenset("b"))["train"]
    assert (train["responses"], train["queries"]) == (1, 1)
    assert train["systems"] == [system("a", 1, 1.0, 0.5), system("b", 0, 0.0, 0.5)]
