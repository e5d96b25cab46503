import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from annotation.errors import Refused
from annotation.flow.duplicates import resolve
from annotation.flow.release.draft import read_draft
from annotation.flow.release.options import Options
from annotation.flow.score import concerns
from annotation.models import Assignment, Flag, PossibleDuplicate, Project, Query, User
from tests.annotation.flow.release.studies import grow, queries, released, splits, study
from tests.factories import block, load, make_member, png, record

pytestmark = pytest.mark.django_db

LONG = "Describe in ten sentences or more how a bridge of stone is built over a river that floods"


def sides(project: Project, **options: object) -> dict[str, str]:
    return dict(read_draft(project, Options(**options)).division.of_query)  # type: ignore[arg-type]


def drawing() -> bytes:
    picture = Image.new("RGB", (90, 80), "white")
    ImageDraw.Draw(picture).ellipse((10, 20, 60, 70), fill="navy")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def test_queries_that_may_be_duplicates_stay_together_until_somebody_says_that_they_are_different() -> None:
    project = study([1, 2], question=[block(LONG)])
    grow(project, range(3, 9))
    for seed in range(8):
        divided = sides(project, check_size=2, seed=seed)
        assert divided["PBL-0001"] == divided["PBL-0002"]
    resolve.keep(pair=PossibleDuplicate.objects.get(), by=make_member(project, "lea", "manager"))
    apart = [sides(project, check_size=2, seed=seed) for seed in range(8)]
    assert any(divided["PBL-0001"] != divided["PBL-0002"] for divided in apart)


def test_a_dropped_query_links_nothing_and_is_left_out(tmp_path: Path) -> None:
    project = study([1], question=[block(LONG)])
    grow(project, [2, 3])
    load(project, [record(4, question=[block(LONG)])])
    resolve.drop(query=Query.objects.get(external_id="PBL-0004"), by=make_member(project, "lea", "manager"))
    made = released(project, tmp_path, check_size=1)
    assert splits(made).keys() == {"PBL-0001", "PBL-0002", "PBL-0003"}
    assert made.manifest["left_out_counts"] == {"query_dropped": 1}


def test_strata_are_category_and_field_and_what_each_split_holds_is_reported() -> None:
    project = study(range(1, 31), systems=["a", "b"])
    division = read_draft(project, Options()).division
    assert {name: held["responses"] for name, held in division.contents.items()} == {"train": 48, "check": 12, "test": 0}
    assert division.contents["check"] == {
        "responses": 12,
        "queries": 6,
        "strata": [
            {"category": "project-based-learning", "field": field, "responses": 4, "share": 0.3333, "whole": 0.3333}
            for field in ("art", "health", "physics")
        ],
        "systems": [{"system": name, "responses": 6, "share": 0.5, "whole": 0.5} for name in ("a", "b")],
    }


def test_a_size_is_a_number_or_a_share() -> None:
    project = study(range(1, 16))
    for size, number in ((4, 4), ("4", 4), ("40%", 6), ("40 %", 6), ("0.4", 6), (None, 3), (0, 0)):
        assert list(sides(project, check_size=size).values()).count("check") == number
    divided = list(sides(project, check_size="20%", test_size=4).values())
    assert (divided.count("check"), divided.count("test")) == (3, 4)


def test_an_empty_train_split_is_refused_with_the_sizes_that_would_work(tmp_path: Path) -> None:
    project = study([1, 2, 3], systems=["a", "b"])
    with pytest.raises(Refused) as refused:
        released(project, tmp_path, check_size=200)
    assert str(refused.value) == (
        "check-size: nothing would be left to train on; of 6 labelled responses, check and test together can hold at most 4"
    )
    with pytest.raises(Refused) as refused:
        released(project, tmp_path, hold_out=["a", "b"])
    assert str(refused.value).startswith("Nothing is left to train on: ")
    assert list(tmp_path.glob("release*")) == []
    assert released(project, tmp_path, check_size=4).manifest["split"] == {"train": 2, "check": 4, "test": 0}


def test_a_new_query_that_shares_an_image_with_the_earlier_check_split_joins_it(tmp_path: Path) -> None:
    project = study([1], answer=[block("A", "sky.png")], images={"sky.png": drawing()})
    grow(project, range(2, 6))
    seed = next(seed for seed in range(50) if sides(project, check_size=1, seed=seed)["PBL-0001"] == "check")
    first = released(project, tmp_path, check_size=1, seed=seed)
    grow(project, [6], answer=[block("A", "sky.png")], images={"sky.png": drawing()})
    second = released(project, tmp_path)
    assert splits(second) == splits(first) | {"PBL-0006": "check"}
    assert second.manifest["split_from"] == 1


def test_queries_stay_together_that_a_response_without_a_label_links() -> None:
    pictures = {"sky.png": drawing(), "red.png": png("red")}
    project = study([1], answer=[block("A", "sky.png")], images={"sky.png": drawing()})
    grow(project, [2], answer=[block("A", "red.png")], images={"red.png": png("red")})
    grow(project, range(3, 6))
    load(project, [record(6, answer=[block(None, name) for name in pictures])], pictures)
    for seed in range(8):
        divided = sides(project, check_size=2, seed=seed)
        assert divided["PBL-0001"] == divided["PBL-0002"]
        assert "PBL-0006" not in divided


def test_a_release_that_would_leak_is_refused_naming_the_queries_between(tmp_path: Path) -> None:
    project = study([1], answer=[block("A", "sky.png")], images={"sky.png": drawing()})
    grow(project, [2], answer=[block("A", "red.png")], images={"red.png": png("red")})
    grow(project, range(3, 6))
    seed = next(seed for seed in range(50) if sides(project, check_size=1, seed=seed)["PBL-0001"] == "check")
    released(project, tmp_path, check_size=1, seed=seed)
    grow(
        project,
        [6],
        answer=[block(None, "sky.png"), block(None, "red.png")],
        images={"sky.png": drawing(), "red.png": png("red")},
    )
    with pytest.raises(Refused) as refused:
        released(project, tmp_path)
    assert str(refused.value) == (
        "These queries were in different splits of earlier releases, but share an image or may be duplicates: "
        "PBL-0001 (check) – PBL-0006 – PBL-0002 (train). "
        "Say that they are different, drop one of them, or divide all queries anew (new-split)."
    )
    assert list(tmp_path.glob("release-2")) == []
    anew = splits(released(project, tmp_path, check_size=1, new_split=True))
    assert anew["PBL-0001"] == anew["PBL-0006"] == anew["PBL-0002"] == "train"


def test_a_split_that_nothing_is_left_for_is_refused(tmp_path: Path) -> None:
    project = study(range(1, 6))
    with pytest.raises(Refused, match=r"^check-from-later: study has no earlier release$"):
        released(project, tmp_path, check_from_later=True)
    released(project, tmp_path, check_size=0)
    with pytest.raises(Refused, match=r"^check-from-later: every labelled query was in an earlier release$"):
        released(project, tmp_path, check_from_later=True)
    with pytest.raises(Refused) as refused:
        released(project, tmp_path, check_size="20%")
    assert str(refused.value) == (
        "check-size: every labelled query was in release 1, and none of them in its split check; "
        "new-split divides all of them anew"
    )
    assert splits(released(project, tmp_path)) == queries(range(1, 6), "train")
    assert list(splits(released(project, tmp_path, check_size="20%", new_split=True)).values()).count("check") == 1


def test_a_response_that_was_flagged_as_impossible_to_judge_waits_until_the_flag_is_settled(tmp_path: Path) -> None:
    project = study(range(1, 6))
    ana, lea = User.objects.get(username="ana"), make_member(project, "lea", "manager")
    for number, kind in ((1, "broken_image"), (2, "unclear_query"), (3, "harmful")):
        slot = Assignment.objects.get(task__response__query__external_id=f"PBL-{number:04}")
        concerns.raise_flag(assignment=slot.pk, by=ana, kind=kind)
    made = released(project, tmp_path, check_size=1)
    assert sorted(splits(made)) == ["PBL-0003", "PBL-0004", "PBL-0005"]
    assert made.manifest["left_out"] == [
        {"id": f"PBL-{number:04}", "system": "a", "sample": 0, "rubric": "small@1", "reason": "flagged"} for number in (1, 2)
    ]
    assert made.manifest["left_out_counts"] == {"flagged": 2}
    for flag in Flag.objects.open():
        concerns.settle(flag=flag, by=lea)
    assert len(splits(released(project, tmp_path))) == 5
