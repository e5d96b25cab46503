"""A verdict reads as a sentence that a stranger understands."""

import ast
from pathlib import Path

from annotation.flow import check
from annotation.flow.check.report.sentences import PARTS, headline, in_words, sentence

TOLD = {
    "tone": "fair",
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


def test_every_key_of_a_verdict_has_its_words() -> None:
    source = Path(check.__file__).with_name("report") / "verdict.py"
    texts = {
        node.value
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = {key for key in PARTS if key in texts}
    by_name = {f"{start}_{name}" for start in ("errors_grow_with", "more_with", "less_with") for name in ("images", "length")}
    assert set(PARTS) == made | by_name
