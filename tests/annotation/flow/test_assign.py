from itertools import pairwise

import pytest

from annotation.flow.assign import APART, seeded_order
from annotation.models import Assignment, Task
from tests.factories import load, make_project, record, responses


def each(overlap: int) -> list[range]:
    """The numbers of the slots of up to 120 tasks."""
    return [range(1, overlap + 1)] * 120


def test_every_slot_stands_once_and_whole_blocks_come_one_after_the_other() -> None:
    order = list(seeded_order(queries=list(range(120)), numbers=each(3), block_size=50, seed="s"))
    assert sorted((slot.task, slot.number) for slot in order) == [(task, number) for task in range(120) for number in (1, 2, 3)]
    blocks = [{slot.task for slot in order[start : start + 150]} for start in (0, 150, 300)]
    assert [len(block) for block in blocks] == [50, 50, 20]
    assert not blocks[0] & blocks[1]


def test_the_same_seed_gives_the_same_order_and_another_seed_another() -> None:
    orders = [list(seeded_order(queries=list(range(40)), numbers=each(2), block_size=50, seed=seed)) for seed in ("a", "a", "b")]
    assert orders[0] == orders[1]
    assert orders[0] != orders[2]


def test_slots_of_one_query_stay_apart() -> None:
    order = list(seeded_order(queries=[task // 4 for task in range(100)], numbers=each(1), block_size=50, seed="s"))
    last: dict[int, int] = {}
    gaps = []
    for place, slot in enumerate(order[:40]):
        if slot.query in last:
            gaps.append(place - last[slot.query])
        last[slot.query] = place
    assert min(gaps) > APART


def test_one_query_alone_still_gets_all_its_slots() -> None:
    order = list(seeded_order(queries=[0, 0], numbers=each(3), block_size=50, seed="s"))
    assert sorted((slot.task, slot.number) for slot in order) == [(task, number) for task in (0, 1) for number in (1, 2, 3)]


@pytest.mark.django_db
def test_a_later_load_comes_after_what_is_there() -> None:
    project = make_project(overlap=2)
    responses(project, 2)
    load(project, [record(9)])
    later = Task.objects.get(response__query__external_id="PBL-0009")
    positions = list(Assignment.objects.order_by("position").values_list("position", "task"))
    assert [position for position, _task in positions] == [1, 2, 3, 4, 5, 6]
    assert [task for _position, task in positions[4:]] == [later.pk, later.pk]
    assert all(position < next_position for (position, _a), (next_position, _b) in pairwise(positions))
