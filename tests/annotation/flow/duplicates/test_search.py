"""What a load would be told of possible duplicates, on queries made for the purpose."""

from typing import Any

import pytest

from annotation.flow.duplicates import resolve, search
from annotation.models import Image, PossibleDuplicate, Project, Query
from tests.factories import block, load, make_member, make_project, record

pytestmark = pytest.mark.django_db

TWELVE = "one two three four five six seven eight nine ten eleven twelve"
TWENTY = f"{TWELVE} thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
CHECKED, STRIPED = "0f0f0f0f0f0f0f0f", "3333333333333333"
Found = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture
def project() -> Project:
    return make_project()


def image(project: Project, name: str, difference_hash: str = "") -> str:
    Image.objects.create(project=project, sha256=name, format="PNG", width=9, height=9, size=9, difference_hash=difference_hash)
    return name


def add(project: Project, *contents: tuple[str, str | None] | str, source: str = "", letter: str = "q") -> list[int]:
    """A query per text, or per text and image; their keys."""
    texts = [(content, None) if isinstance(content, str) else content for content in contents]
    rows = [
        Query(project=project, external_id=f"{letter}{number}", category="c", source=source, blocks=[block(text, name)])
        for number, (text, name) in enumerate(texts, 1)
    ]
    return [query.pk for query in Query.objects.bulk_create(rows)]


def store_found(project: Project, new: list[int]) -> int:
    return len(PossibleDuplicate.objects.bulk_create(search.find(project=project, new=new)))


def pairs_found(project: Project, new: list[int]) -> Found:
    """The reasons of what is new in the project, after checking that the count is that of the rows."""
    before = PossibleDuplicate.objects.filter(project=project).count()
    count = store_found(project, new)
    rows = PossibleDuplicate.objects.filter(project=project).strongest_first()
    assert count == len(rows) - before
    return {(str(pair.first), str(pair.second)): pair.reasons for pair in rows}


def test_texts_of_which_enough_is_the_same_are_found(project: Project) -> None:
    changed = TWENTY.replace("twenty", "21")
    punctuated = TWENTY.upper().replace(" ", ", ")
    half = " ".join(TWENTY.split()[:10] + ["other"] * 10)
    assert pairs_found(project, add(project, TWENTY, changed, punctuated, half)) == {
        ("q1", "q3"): {"text": 1.0},
        ("q1", "q2"): {"text": 17 / 19},
        ("q2", "q3"): {"text": 17 / 19},
    }


def test_chinese_is_compared_character_by_character(project: Project) -> None:
    text = "请用图片和文字说明如何在家中制作一杯好喝的手冲咖啡"
    other = "请用图片和文字说明怎样修理一辆坏了很久的旧自行车吧"
    assert pairs_found(project, add(project, text, text.replace("好喝的", "好喝地"), other)) == {("q1", "q2"): {"text": 20 / 26}}


def test_short_texts_are_found_only_where_they_are_equal(project: Project) -> None:
    assert pairs_found(project, add(project, "What is a stack?", "what is a stack", "What is a queue?", "", "…")) == {
        ("q1", "q2"): {"text": 1.0}
    }


def test_a_short_text_asked_of_different_images_is_no_duplicate(project: Project) -> None:
    shown = [image(project, "a", CHECKED), image(project, "b", STRIPED), image(project, "c", CHECKED[:-1] + "e")]
    asked = "Describe the picture."
    new = add(project, *((asked, name) for name in shown), asked, (TWENTY, shown[0]), (TWENTY, shown[1]), (TWELVE, shown[1]))
    assert pairs_found(project, new) == {
        ("q1", "q3"): {"text": 1.0, "image": 1},
        ("q5", "q6"): {"text": 1.0},
        ("q1", "q4"): {"text": 1.0},  # one of them has no image
        ("q2", "q4"): {"text": 1.0},
        ("q3", "q4"): {"text": 1.0},
        ("q1", "q5"): {"image": 0},
        ("q2", "q6"): {"image": 0},
        ("q2", "q7"): {"image": 0},
        ("q6", "q7"): {"image": 0},
        ("q3", "q5"): {"image": 1},
    }


def test_the_same_and_similar_sources_are_found(project: Project) -> None:
    first = add(project, "a", source="https://www.example.org/how/?utm_source=x")
    same = add(project, "b", source="http://example.org/how#top", letter="s")
    similar = add(project, "c", source="https://example.org/how?page=2", letter="t")
    other = add(project, "d", source="https://example.org/why", letter="u")
    assert pairs_found(project, [*first, *same, *similar, *other]) == {
        ("q1", "s1"): {"source": "same"},
        ("q1", "t1"): {"source": "similar"},
        ("s1", "t1"): {"source": "similar"},
    }


def test_the_strongest_come_first_and_say_all_their_reasons(project: Project) -> None:
    name = image(project, "a", CHECKED)
    weak = add(project, "x", "y", source="https://example.org/how")
    strong = add(project, (TWELVE, name), (TWELVE, name), source="https://example.org/why?", letter="s")
    assert list(pairs_found(project, weak + strong).items()) == [
        (("s1", "s2"), {"text": 1.0, "source": "same", "image": 0}),
        (("q1", "q2"), {"source": "same"}),
    ]
    assert list(PossibleDuplicate.objects.strongest_first().values_list("strength", flat=True)) == [2.6, 0.6]


def test_boilerplate_with_different_images_fills_no_page(project: Project) -> None:
    """51 queries with one text and an image each, flat or unlike; and a pair beside them."""
    Image.objects.bulk_create(
        Image(project=project, sha256=f"{number}", format="PNG", width=9, height=9, size=9, difference_hash="0" * 16)
        for number in range(51)
    )
    many = add(project, *((TWENTY, f"{number}") for number in range(51)))
    pair = add(project, TWELVE.replace("one", "1"), TWELVE.replace("one", "1"), letter="s")
    assert pairs_found(project, many + pair) == {}  # what the pair has beside boilerplate is three words
    own = " ".join(f"own{number}" for number in range(12))
    again = add(project, own, own, letter="t")
    assert pairs_found(project, again) == {("t1", "t2"): {"text": 1.0}}


def test_of_many_copies_each_is_in_no_more_than_ten_pairs(project: Project) -> None:
    new = add(project, *[TWENTY] * 30)
    pairs = pairs_found(project, new)
    each = [sum(f"q{number}" in pair for pair in pairs) for number in range(1, 31)]
    assert max(each) == search.MOST_EACH
    assert min(each) > 0


def test_what_is_new_is_compared_with_what_was_there_and_old_pairs_are_not_found_again(project: Project) -> None:
    old = add(project, TWENTY, TWENTY)
    assert pairs_found(project, []) == {}
    assert pairs_found(project, add(project, TWENTY, "something else", letter="n")) == {
        ("q1", "n1"): {"text": 1.0},
        ("q2", "n1"): {"text": 1.0},
    }
    assert store_found(project, old) == 1  # what the first look left out
    assert store_found(project, old) == 0


def test_another_project_and_a_dropped_query_are_left_alone(project: Project) -> None:
    elsewhere = make_project(slug="elsewhere", rubrics=["small"])
    add(elsewhere, TWENTY)
    [dropped] = add(project, TWENTY)
    resolve.drop(query=Query.objects.get(pk=dropped), by=make_member(project, "lea", "manager"))
    assert pairs_found(project, add(project, TWENTY, letter="n")) == {}


def test_a_load_looks_for_duplicates_of_its_queries(project: Project) -> None:
    load(project, [record(1, question=[block(TWENTY)])])
    load(project, [record(1, question=[block(TWENTY)]), record(2, question=[block(f"{TWENTY} 21")])])
    pairs = {(str(pair.first), str(pair.second)): pair.reasons for pair in PossibleDuplicate.objects.all()}
    assert pairs == {("PBL-0001", "PBL-0002"): {"text": 18 / 19}}
