"""A verdict reads as a sentence that a stranger understands."""

import ast
from pathlib import Path

from annotation.flow import check
from annotation.flow.check.report.sentences import PARTS, headline, in_words, sentence

TOLD = {
    "tone": "fair",
    "clear": True,
    "parts": [
        {"key": "ranks_as_one", "tone": "good", "r": 0.71, "people": 0.682},
        {"key": "too_much", "tone": "bad", "points": 1.23},
        {"key": "errors_grow_with_images", "tone": "fair", "slope": 0.2},
        {"key": "many_without", "tone": "fair", "number": 1},
    ],
}


def test_a_verdict_is_one_sentence_in_order() -> None:
    assert headline(TOLD) == "Usable with care"
    assert sentence(TOLD) == (
        "ranks responses about as well as one annotator (r 0.71 against 0.68); gives 1.2 points too much; its errors grow with"
        " the number of images; leaves 1 labelled response without a score"
    )
    assert [tone for tone, _words in in_words(TOLD)] == ["good", "bad", "fair", "fair"]


def test_an_unclear_verdict_says_so_first_and_what_it_would_need() -> None:
    parts = [
        {"key": "ranks_unclear", "tone": "fair", "r": 0.6, "low": -0.123, "high": 0.9},
        {"key": "bias_unclear", "tone": "fair", "points": 0.2, "low": -0.8, "high": 1.2},
        {"key": "needs_labels", "tone": "fair", "number": 90},
    ]
    assert headline({"tone": "fair", "clear": False, "parts": parts}) == "Too few labels to say"
    assert sentence({"parts": parts}) == (
        "may rank responses well or hardly at all (r 0.60, 95 % from -0.12 to 0.90); may give too many points, too few or neither"
        " (bias +0.2, 95 % from -0.8 to +1.2); would need about 90 labels, of different queries, before that can be said"
    )


def test_every_key_of_a_verdict_has_its_words() -> None:
    folder = Path(check.__file__).with_name("report")
    texts = {
        node.value
        for source in (folder / "verdict.py", folder / "enough.py")
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = {key for key in PARTS if key in texts}
    by_name = {f"{start}_{name}" for start in ("errors_grow_with", "more_with", "less_with") for name in ("images", "length")}
    assert set(PARTS) == made | by_name
