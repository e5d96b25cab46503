from annotation.exporters.split import Response, sharing
from annotation.exporters.split.groups import Group, grouped, leaks, linked

ART, PHYSICS = Response("pbl", "art", "a"), Response("pbl", "physics", "b")


def test_queries_that_show_an_image_are_linked_with_the_first_of_them() -> None:
    images = {"q3": ["sky"], "q1": ["sky", "sea"], "q2": ["sea"], "q4": ["fog"], "q5": []}
    assert list(sharing(images)) == [("q1", "q2"), ("q1", "q3")]


def test_a_group_has_the_responses_of_all_queries_that_are_linked_however_far() -> None:
    responses = {"q1": [ART], "q2": [ART, PHYSICS], "q3": [PHYSICS], "q4": [ART]}
    links = linked([("q3", "q1"), ("q3", "without responses"), ("without responses", "q2"), ("q4", "another"), ("q1", "q1")])
    assert grouped(responses, links, frozenset("b")) == [
        Group(("q1", "q2", "q3"), 4, {("pbl", "art"): 2, ("pbl", "physics"): 2}, {"a": 2, "b": 2}, trains=True),
        Group(("q4",), 1, {("pbl", "art"): 1}, {"a": 1}, trains=True),
    ]


def test_a_group_of_held_out_systems_alone_does_not_train() -> None:
    groups = grouped({"q1": [PHYSICS], "q2": [ART, PHYSICS]}, {}, frozenset("b"))
    assert [group.trains for group in groups] == [False, True]


def test_a_leak_is_the_chain_between_the_nearest_queries_of_two_splits() -> None:
    responses = {f"q{number}": [ART] for number in range(8)}
    links = linked([("q0", "q1"), ("q1", "q2"), ("q2", "q3"), ("q3", "q4"), ("q5", "q6"), ("q0", "q7")])
    groups = grouped(responses, links, frozenset())
    earlier = {"q0": "check", "q1": "check", "q3": "train", "q4": "train", "q5": "test", "q6": "test", "q7": "check"}
    assert list(leaks(groups, links, earlier)) == [["q1", "q2", "q3"]]
