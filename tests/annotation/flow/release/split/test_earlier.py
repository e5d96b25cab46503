from pathlib import Path

import pytest

from annotation.errors import Refused
from annotation.flow.release import Options
from annotation.flow.release.draft import read_draft
from annotation.flow.release.publish import publish
from annotation.flow.release.retract import retract
from annotation.flow.score import revise
from annotation.models import Assignment, Release, User
from tests.annotation.flow.release.studies import grow, queries, released, splits, study
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_a_later_release_keeps_check_and_test_and_adds_what_is_new_to_train(tmp_path: Path) -> None:
    project = study(range(1, 13))
    first = released(project, tmp_path, check_size=3, test_size=2)
    grow(project, range(13, 31))
    second = released(project, tmp_path)
    assert splits(second) == splits(first) | queries(range(13, 31), "train")
    assert (first.manifest["split_from"], second.manifest["split_from"]) == (None, 1)


def test_a_new_response_to_a_query_goes_where_the_query_is(tmp_path: Path) -> None:
    project = study(range(1, 6))
    first = released(project, tmp_path, check_size=1)
    grow(project, range(1, 6), systems=["b"])
    second = released(project, tmp_path)
    assert splits(second) == splits(first)
    assert second.manifest["split"] == {"train": 8, "check": 2, "test": 0}


def test_a_larger_size_adds_to_the_earlier_check_split_from_new_queries_alone(tmp_path: Path) -> None:
    project = study(range(1, 9))
    first = splits(released(project, tmp_path, check_size=2))
    grow(project, range(9, 16))
    second = splits(released(project, tmp_path, check_size=6))
    assert {query: second[query] for query in first} == first
    assert list(second.values()).count("check") == 6


def test_a_new_split_keeps_nothing(tmp_path: Path) -> None:
    project = study(range(1, 21))
    first = released(project, tmp_path, check_size=5, seed=1)
    second = released(project, tmp_path, check_size=5, seed=2)
    anew = released(project, tmp_path, check_size=5, seed=2, new_split=True)
    assert splits(second) == splits(first) != splits(anew)
    assert [made.manifest["split_from"] for made in (first, second, anew)] == [None, 1, None]
    assert splits(released(project, tmp_path)) == splits(anew)


def test_check_is_drawn_from_later_responses_alone_where_that_is_asked(tmp_path: Path) -> None:
    """As in MMIE, whose 200 were drawn after the 800."""
    project = study(range(1, 9), systems=["a", "b"])
    released(project, tmp_path, check_size=4, test_size=2)
    (test,) = [query for query, split in splits(Release.objects.get()).items() if split == "test"]
    grow(project, [1], systems=["c"])
    grow(project, range(9, 13))
    later = splits(released(project, tmp_path, check_from_later=True, check_size=3))
    assert {query: split for query, split in later.items() if query <= "PBL-0008"} == queries(range(1, 9), "train") | {
        test: "test"
    }
    assert sorted(split for query, split in later.items() if query > "PBL-0008") == ["check", "check", "check", "train"]
    assert splits(released(project, tmp_path)) == later


def test_a_query_that_comes_back_is_where_it_was(tmp_path: Path) -> None:
    project = study(range(1, 6))
    first = splits(released(project, tmp_path, check_size=2))
    (away, _other) = [query for query, split in first.items() if split == "check"]
    slot = Assignment.objects.get(task__response__query__external_id=away)
    lea = make_member(project, "lea", "manager")
    revise.send_back(annotation=slot.annotation, by=lea, note="Look at it again, please.")
    second = released(project, tmp_path)
    assert splits(second) == {query: split for query, split in first.items() if query != away}
    assert second.manifest["left_out_counts"] == {"sent_back": 1}
    revise.revise(assignment=slot.pk, by=User.objects.get(username="ana"), body={"scores": {"text": 5, "images": "na"}})
    assert splits(released(project, tmp_path)) == first


def test_a_release_that_another_overtook_is_refused(tmp_path: Path) -> None:
    project = study(range(1, 6))
    draft = read_draft(project, Options(check_size=2, seed=5))
    released(project, tmp_path, check_size=1)
    with pytest.raises(Refused, match=r"^Another release was made meanwhile"):
        publish(draft, tmp_path / "late", None)
    assert not (tmp_path / "late").exists()
    assert Release.objects.count() == 1


def test_a_retracted_release_settles_no_split_but_its_responses_are_not_later(tmp_path: Path) -> None:
    project = study(range(1, 11))
    first = released(project, tmp_path, check_size=3, seed=1)
    grow(project, range(11, 16))
    second = released(project, tmp_path, check_size=6)
    retract(release=second, reason="The check split is too large.")
    third = released(project, tmp_path)
    assert splits(third) == splits(first) | queries(range(11, 16), "train")
    assert third.manifest["split_from"] == 1
    for made in (first, third):
        retract(release=made, reason="All of it is drawn anew.")
    with pytest.raises(Refused, match=r"^check-from-later: every labelled query was in an earlier release$"):
        released(project, tmp_path, check_from_later=True)
    anew = released(project, tmp_path, check_size=3, seed=2)
    assert anew.manifest["split_from"] is None
    assert splits(anew) != splits(third)
