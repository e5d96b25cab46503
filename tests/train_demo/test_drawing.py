"""What is drawn is what the truth says, and no part of a response tells the truth of another."""

from collections import Counter, deque
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from scipy.stats import spearmanr

from tests.train_demo.drawing import KINDS, PAPERS, SYSTEMS, Drawn, draw_responses, picture

RESPONSE = Drawn(
    query="PBL-0001",
    question="Draw six squares.",
    system="brush",
    kind="squares",
    shapes=4,
    colour="red",
    named="blue",
    steps=(1, 3, 4),
)


def dark_areas(image: Image.Image) -> int:
    """How many areas of dark pixels there are that do not touch."""
    dark = np.asarray(image.convert("L")) < 45
    seen = np.zeros_like(dark)
    areas = 0
    for start in zip(*np.nonzero(dark), strict=True):
        areas += not seen[start]
        waiting = deque([start] if not seen[start] else [])
        while waiting:
            x, y = waiting.pop()
            if 0 <= x < dark.shape[0] and 0 <= y < dark.shape[1] and dark[x, y] and not seen[x, y]:
                seen[x, y] = True
                waiting += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
    return areas


def test_the_truth_and_the_record_are_those_of_the_response() -> None:
    assert RESPONSE.truth == {"shapes": 4, "colour": 1, "steps": 3}
    assert replace(RESPONSE, named="red").truth == {"shapes": 4, "colour": 6, "steps": 3}
    assert RESPONSE.record == {
        "id": "PBL-0001",
        "model": "brush",
        "question": [{"text": "Draw six squares.", "image": None}],
        "answer": [
            {
                "text": "1. Fold the paper twice.\n3. Trace the outlines.\n4. Fill the shapes.",
                "image": "images/PBL-0001-brush.png",
            },
            {"text": "The paper is blue.", "image": None},
        ],
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shapes", range(1, 7))
def test_an_image_holds_as_many_shapes_as_its_truth_says(kind: str, shapes: int) -> None:
    images = [picture(replace(RESPONSE, kind=kind, shapes=shapes, query=f"PBL-{number}"), seed=1) for number in range(8)]
    assert [dark_areas(image) for image in images] == [shapes] * 8


@pytest.mark.parametrize(("colour", "strongest"), [("red", 0), ("blue", 2)])
def test_the_paper_has_its_colour(colour: str, strongest: int) -> None:
    values = np.asarray(picture(replace(RESPONSE, colour=colour), seed=1)).reshape(-1, 3).mean(axis=0)
    assert values.argmax() == strongest


def test_each_query_is_answered_by_every_system_and_the_same_again() -> None:
    drawn = list(draw_responses(queries=3, seed=6))
    assert [response.key for response in drawn] == [(f"PBL-000{number}", system) for number in (1, 2, 3) for system in SYSTEMS]
    assert drawn == list(draw_responses(queries=3, seed=6))
    assert drawn != list(draw_responses(queries=3, seed=7))
    assert picture(drawn[0], seed=6).tobytes() == picture(drawn[0], seed=6).tobytes()


def test_no_two_images_are_the_same() -> None:
    drawn = list(draw_responses(queries=50, seed=6))
    assert len({picture(response, seed=6).tobytes() for response in drawn}) == len(drawn)


def test_the_text_alone_tells_nothing_of_the_image() -> None:
    drawn = list(draw_responses(queries=2_000, seed=6))
    truth = {key: [response.truth[key] for response in drawn] for key in RESPONSE.truth}
    named = [response.named == "red" for response in drawn]
    for told in (named, truth["steps"]):
        for hidden in ("shapes", "colour"):
            assert abs(spearmanr(told, truth[hidden]).statistic) < 0.04


def test_text_and_image_together_tell_the_colour() -> None:
    drawn = list(draw_responses(queries=500, seed=6))
    levels = {(response.colour, response.named): response.truth["colour"] for response in drawn}
    assert levels == {(paper, named): 6 if paper == named else 1 for paper in PAPERS for named in PAPERS}
    right = Counter(response.colour for response in drawn if response.named == response.colour)
    assert right["red"] > 1.5 * right["blue"]
