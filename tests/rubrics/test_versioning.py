import json
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.test import Client

from rubrics.models import Rubric
from rubrics.payload import rubric_content
from rubrics.scoring import overall, rounded
from rubrics.versioning import freeze
from tests.factories import criterion, make_rubric, make_user, penalty, rubric_file

pytestmark = pytest.mark.django_db


def test_the_same_content_is_the_same_version_however_it_is_laid_out(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(rubric_file()))
    (tmp_path / "b.json").write_text(json.dumps(rubric_file(), indent=3))
    call_command("load_rubric", tmp_path / "a.yaml", tmp_path / "b.json", stderr=StringIO())
    assert list(Rubric.objects.values_list("slug", "version")) == [("small", 1)]


def test_changed_content_is_the_next_version_and_the_frozen_one_stays() -> None:
    first = make_rubric()
    freeze(rubric=first)
    second = make_rubric(title="Other")
    assert list(Rubric.objects.order_by("version").values_list("version", "title")) == [(1, "Small"), (2, "Other")]
    assert first.content_hash != second.content_hash
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.frozen_at is not None, second.frozen_at) == (True, None)


def test_one_bad_file_refuses_all(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(rubric_file()))
    (tmp_path / "b.yaml").write_text("slug: b")
    with pytest.raises(CommandError, match=r"b\.yaml: scale: expected keys with values"):
        call_command("load_rubric", tmp_path / "a.yaml", tmp_path / "b.yaml", stderr=StringIO())
    assert Rubric.objects.count() == 0


def whole_rubric(**changes: Any) -> Rubric:
    rubric = make_rubric(criteria=[criterion(key="a", weight=3), criterion(key="b", na="allowed"), penalty(points=1)], **changes)
    return Rubric.objects.with_content().get(pk=rubric.pk)


@pytest.mark.parametrize(
    ("scores", "penalties", "expected"),
    [
        ({"a": 4, "b": 6}, set(), Fraction(9, 2)),
        ({"a": 4, "b": 6}, {"harm"}, Fraction(7, 2)),
        ({"a": 4, "b": None}, set(), Fraction(4)),
        ({"a": None, "b": None}, set(), None),
        ({"a": 1, "b": 1}, {"harm"}, Fraction(0)),
    ],
)
def test_overall_is_the_weighted_mean_less_penalties_within_the_range(scores: Any, penalties: Any, expected: Any) -> None:
    assert overall(whole_rubric(), scores=scores, penalties=penalties) == expected


def test_sum_and_holistic_are_other_rules() -> None:
    summed = whole_rubric(slug="sum", overall={"method": "sum", "max": 20})
    assert overall(summed, scores={"a": 2, "b": 3}, penalties=set()) == 9
    holistic = whole_rubric(slug="holistic", overall={"method": "holistic"})
    assert overall(holistic, scores={"a": 2, "b": 3}, penalties=set(), holistic=5) == 5
    assert overall(holistic, scores={"a": 2, "b": 3}, penalties=set()) is None


def test_rounding_is_the_rubrics() -> None:
    up, even = whole_rubric(slug="up"), whole_rubric(slug="even", overall={"rounding": "half_even"})
    assert [rounded(up, Fraction(n, 2)) for n in (5, 7, 6)] == [3, 4, 3]
    assert [rounded(even, Fraction(n, 2)) for n in (5, 7, 6)] == [2, 4, 3]


def test_page_and_api_show_the_whole_rubric(client: Client) -> None:
    rubric = whole_rubric(guidance="Read **twice**. <script>x</script>")
    client.force_login(make_user("ana"))
    assert client.get("/api/v1/rubrics/small/1/").json() == rubric_content(rubric)
    page = client.get("/rubrics/small/1/").content.decode()
    assert "<strong>twice</strong>" in page
    assert "<script>x" not in page
    assert all(f"a, level {value}" in page for value in range(1, 7))
    assert [found["slug"] for found in client.get("/api/v1/rubrics/").json()] == ["small"]
