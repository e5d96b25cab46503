from annotation.exporters import Block, CriterionRecord
from tests.annotation.exporters.records import UNRATED, label


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
