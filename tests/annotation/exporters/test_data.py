from annotation.exporters import Block, Content, CriterionRecord
from tests.annotation.exporters.records import RUBRIC, UNRATED, label


def test_the_spread_of_a_criterion_is_between_its_lowest_and_highest_rating() -> None:
    spreads = [CriterionRecord(None, ratings, "agreed", UNRATED).spread for ratings in ((2, 6, None), (3,), (None, None), ())]
    assert spreads == [4, 0, None, None]


def test_the_images_of_a_response_are_in_the_order_of_the_prompt() -> None:
    record = label(
        question=(Block("Q", "c.png"),),
        correct_answer=(Block(None, "a.png"),),
        response=(Block("A", None), Block(None, "b.png")),
    )
    assert record.images == ("c.png", "a.png", "b.png")


def test_a_split_has_its_own_labels() -> None:
    train, check = label(), label(id="PBL-2", split="check")
    content = Content("study", "Study", (train, check), (), {"r@1": RUBRIC}, {}, lambda name: name.encode())
    assert (content.in_split("train"), content.in_split("check")) == ([train], [check])
